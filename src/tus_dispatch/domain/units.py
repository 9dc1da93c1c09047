"""Quantities are plain integers with their unit in the name; identities are types of their own."""

from typing import NewType

Seconds = int
Metres = int
EurCents = int
MilliCents = int

PlaceId = NewType("PlaceId", str)
VehicleId = NewType("VehicleId", str)
DriverId = NewType("DriverId", str)
ShiftId = NewType("ShiftId", str)
ParticipantId = NewType("ParticipantId", str)
BookingId = NewType("BookingId", str)
LegId = NewType("LegId", str)
EventId = NewType("EventId", str)
TargetId = NewType("TargetId", str)

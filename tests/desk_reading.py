"""What a machine that works at a desk reads back from what is kept."""

from tests.desks import THE_DAY, Desk
from tus_dispatch.desk.live.days import kept_plan
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.service import DayPointer
from tus_dispatch.domain.units import LegId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.store import plans


class DeskReading:
    """Reads the plans of the day; a subclass sets ``desk``."""

    desk: Desk

    def _pointer(self) -> DayPointer:
        with self.desk.office.database.read() as session:
            return plans.pointer(session, self.desk.organisation, THE_DAY)

    def _kept(self, number: int) -> Plan:
        with self.desk.office.database.read() as session:
            return kept_plan(plans.load(session, self.desk.organisation, THE_DAY, number)).plan

    def _current(self) -> Plan:
        number = self._pointer().current
        assert number is not None
        return self._kept(number)

    def _current_promises(self) -> dict[LegId, TimeWindow]:
        if self._pointer().current is None:
            return {}
        return {each.leg: each.pickup_window for each in self._current().promises}

"""What all objects of our files have in common: nothing unknown, nothing converted, all bounded."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MOST_ENTRIES = 20_000
LONGEST_DAY_S = 90_000

Duration = Annotated[int, Field(ge=0, le=LONGEST_DAY_S)]
Few = Annotated[int, Field(ge=0, le=8)]


class Shape(BaseModel):
    """Base of all objects of our files."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

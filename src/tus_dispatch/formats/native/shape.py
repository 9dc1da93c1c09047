"""What all objects of our files have in common: nothing unknown, nothing converted, all bounded."""

from typing import Annotated, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field

MOST_ENTRIES = 20_000
LONGEST_DAY_S = 90_000

Duration = Annotated[int, Field(ge=0, le=LONGEST_DAY_S)]
Few = Annotated[int, Field(ge=0, le=8)]


class Shape(BaseModel):
    """Base of all objects of our files."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


T_co = TypeVar("T_co", covariant=True)


class HasDomain(Protocol[T_co]):
    """A shape that stands for one domain object."""

    def to_domain(self) -> T_co:
        """Return the object."""
        ...


def domain_of(shape: HasDomain[T_co] | None) -> T_co | None:
    """Return what an optional shape stands for.

    Parameters
    ----------
    shape
        A shape, or None where the key is absent.

    Returns
    -------
    object or None
        The domain object.
    """
    return None if shape is None else shape.to_domain()

from dataclasses import replace

import pytest

from tests.makers import five_legs_plan
from tus_dispatch.cli.certificate_words import certificate_sentence
from tus_dispatch.cli.wording import NBSP
from tus_dispatch.domain.certificate import EVENT_MODEL, Certificate
from tus_dispatch.domain.plan import CostBreakdown


@pytest.mark.parametrize(
    ("bound", "is_proved", "sentence"),
    [
        (None, False, "Écart au meilleur possible : inconnu."),
        (0, False, "Écart au meilleur possible : inconnu."),
        (1000, True, "Optimalité prouvée : aucun plan ne coûte moins."),
        # 17 of 983 are 1.729 %: rounded up, so that it never promises too much.
        (983, False, "Au plus 1,8 % au-dessus du meilleur possible."),
        (500, False, "Au plus 100,0 % au-dessus du meilleur possible."),
    ],
)
def test_the_distance_from_the_best_is_one_sentence(
    bound: int | None, is_proved: bool, sentence: str
) -> None:
    method = Certificate().method if bound is None else EVENT_MODEL
    certificate = Certificate(bound, None, is_proved, method)
    plan = replace(five_legs_plan(), cost=CostBreakdown(distance=1000), certificate=certificate)

    assert certificate_sentence(plan).replace(NBSP, " ") == sentence

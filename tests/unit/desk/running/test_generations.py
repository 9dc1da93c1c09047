"""Which backups are kept."""

from datetime import UTC, datetime
from pathlib import Path

from tus_dispatch.desk.running.generations import backup_name, backups_in, made_at, superfluous

HOUR_S, DAY_S = 3600, 86_400
NOW_AT = int(datetime(2026, 3, 10, 12, tzinfo=UTC).timestamp())


def named(*ages_s: int) -> list[Path]:
    return [Path(backup_name(NOW_AT - age_s)) for age_s in ages_s]


def test_a_name_tells_its_instant() -> None:
    assert made_at(Path(backup_name(NOW_AT))) == NOW_AT
    assert made_at(Path("tus.db")) is None
    assert made_at(Path(".tus-20260310T120000Z.db.part")) is None


def test_every_backup_of_a_day_is_kept_then_one_a_day_then_one_a_week() -> None:
    hourly = named(*(hour * HOUR_S for hour in range(24 * 60)))

    gone = set(superfluous(hourly, NOW_AT))

    kept = sorted(set(hourly) - gone, reverse=True)
    # 25 of the last 24 hours, both ends included; then the last one of each day.
    assert kept[:25] == hourly[:25]
    days = [path.name[4:12] for path in kept[25:]]
    # Ten o'clock yesterday is among the 25, so yesterday's last is as well.
    assert days == [
        "20260308",
        "20260307",
        "20260306",
        "20260305",
        "20260304",
        "20260303",
        "20260301",
        "20260222",
    ]


def test_the_newest_is_kept_however_old_it_is() -> None:
    old = named(400 * DAY_S, 401 * DAY_S, 700 * DAY_S)

    assert old[0] not in superfluous(old, NOW_AT)


def test_only_whole_backups_are_found(tmp_path: Path) -> None:
    for name in (backup_name(NOW_AT), backup_name(NOW_AT - 5), "notes.txt", f".{backup_name(1)}"):
        (tmp_path / name).touch()

    assert [path.name for path in backups_in(tmp_path)] == [
        backup_name(NOW_AT - 5),
        backup_name(NOW_AT),
    ]
    assert backups_in(tmp_path / "missing") == ()

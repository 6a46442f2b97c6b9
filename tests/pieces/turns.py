"""Which files of tests begin, where several processes share them."""

# A process takes one file after another, in this order and then in that of their
# names. Whoever took one of these last would keep all others waiting.
LONGEST = (
    "test_play_measure.py",
    "test_non_interference.py",
    "test_guarded_silences.py",
    "test_play_no_measure.py",
    "test_faults_storm.py",
    "test_federation.py",
    "test_faults_ledger.py",
    "test_faults_gap.py",
    "test_embedded_stack.py",
    "test_rulings_differential.py",
    "test_recalls_late.py",
    "test_web_every_page.py",
    "test_day_municipality.py",
    "test_cli_route.py",
    "test_appeals.py",
    "test_federation_control.py",
)


def turn(name: str) -> int:
    """Return the place of a file in the order; all others share the last."""
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)

"""What the documents say of the command line is what it says of itself."""

from tests.cli_reference import PAGE, page


def test_the_reference_of_the_command_line_is_what_its_help_says() -> None:
    written = PAGE.read_text(encoding="utf-8")

    assert written == page(written), "run `python -m tests.cli_reference`"

"""Make the key that will sign this installation's checkpoints.

    python -m runtime.new_ledger_key > ledger_key

The secret key goes to standard output and nowhere else; the public key, which whoever
verifies the trail needs, to standard error.
"""

import sys

from ledger.signed_note import SignerKey
from runtime.keys import LEDGER_NAME


def main() -> None:
    """Make a key and print both halves."""
    key = SignerKey.generate(LEDGER_NAME)
    sys.stdout.write(f"{key.skey}\n")
    sys.stderr.write(f"{key.verifier.vkey}\n")


if __name__ == "__main__":
    main()

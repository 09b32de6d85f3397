"""Run the command line with `python -m glossary_api.cli`."""

from glossary_api.cli.main import main

main()

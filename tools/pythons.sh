#!/usr/bin/env bash
# Runs the tests on every supported Python, and compares what each writes: tools/pythons.sh [PYTHON...]
#
# Without arguments it tries the supported versions on PATH. A Python that is missing or does not start is skipped, with
# the reason. Each version gets a virtual environment of its own, which is deleted afterwards.
set -uo pipefail
cd "$(dirname "$0")/.."

(($#)) || set -- python3.11 python3.12 python3.13 python3.14
environment=$(mktemp -d) outputs=$(mktemp -d)
trap 'rm -rf "$environment" "$outputs"' EXIT
passed=() failed=() first=

# Whether this Python writes the bytes that the first one wrote: every command, in every format.
same_bytes() {
  SWEEP=1 "$environment/bin/python" -m tests.outputs >"$outputs/${1##*/}" || return
  first=${first:-$1}
  diff "$outputs/${first##*/}" "$outputs/${1##*/}"
}

for python in "$@"; do
  if ! command -v "$python" >/dev/null; then
    echo "$python: skipped: not on PATH"
  elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "$python: skipped: it does not start, or has no module venv (on Debian: apt install python3-venv)"
  else
    echo "$python: $("$python" --version)"
    if "$python" -m venv --clear "$environment" &&
      "$environment/bin/pip" install --quiet --disable-pip-version-check -e '.[test]' &&
      "$environment/bin/python" -m pytest && same_bytes "$python"; then
      passed+=("$python")
    else
      failed+=("$python")
    fi
  fi
done

echo "passed: ${passed[*]:-none}; failed: ${failed[*]:-none}"
((${#failed[@]} == 0))

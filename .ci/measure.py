"""Runs a command and fails when it takes longer or more memory than allowed.

usage: measure.py SECONDS MEGABYTES COMMAND...
"""
import resource
import subprocess
import sys
import time

seconds, megabytes, command = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
start = time.monotonic()
code = subprocess.run(command, stdout=subprocess.DEVNULL).returncode
took = time.monotonic() - start
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"{took:.2f} s, {peak:.0f} MB, exit code {code}")
sys.exit(code or (0 if took <= seconds and peak <= megabytes else 1))

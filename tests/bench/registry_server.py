#!/usr/bin/env python3
"""Reading the latest version of a scenario, and creating some, beside /healthz, by one server with 200 connections.

usage: registry_server.py BUILD_DIRECTORY
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request

CONNECTIONS = 200
SECONDS = 6


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)


def rate(url, *options, seconds=SECONDS):
    out = subprocess.run(
        ["wrk", "-t1", "--timeout", "10s", f"-c{CONNECTIONS}", f"-d{seconds}s", *options, url],
        capture_output=True, text=True, check=True,
    ).stdout
    if re.search(r"Non-2xx|Socket errors: (?!connect 0, read 0, write 0)", out):
        sys.exit(f"the server refused requests:\n{out}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))


def main():
    parley = os.path.abspath(os.path.join(sys.argv[1], "parley"))
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [parley, "serve", "--no-auth", "--no-access-log", "--listen", "127.0.0.1:0"],
            cwd=folder, stdout=subprocess.PIPE, text=True,
        )
        try:
            base = server.stdout.readline().split()[-1]
            scenarios = f"{base}/v1/bench/simulation/scenario"
            content = {
                "objective": "Get a refund for order 4411, two weeks late.",
                "instructions": "Polite at first; insist when refused.",
                "initial_message_type": "user-message",
            }
            ids = [
                post(scenarios, {"name": f"scenario {n}", "initial_version": content})["simulation_scenario_id"]
                for n in range(100)
            ]
            latest = f"{scenarios}/{ids[50]}/version?version=latest"
            health = rate(f"{base}/healthz")
            read = rate(latest)
            print(f"/healthz         {health:10.0f} requests/s at {CONNECTIONS} connections")
            print(f"latest version   {read:10.0f} requests/s, {read / health:.2f} of /healthz (wanted: 0.50)")
            script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "create_scenario.lua")
            made = rate(f"{scenarios}/", "-s", script, seconds=2)
            print(f"create, durable  {made:10.0f} requests/s, {made / health:.2f} of /healthz")
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()

"""Processor time per turn, turns per second and memory of `parley run`, beside wrk in the same minute.

usage: turns.py BUILD_DIR [--conversations N]

One nginx worker answers instantly with a constant reply. wrk and Parley send it the same requests over 50
keep-alive connections; then Parley holds 10,000 conversations at once with an agent that answers after 1 s.
Start-up of Parley is excluded by subtracting a run of the same project with a single trial.
"""

import argparse
import json
import pathlib
import resource
import socket
import subprocess
import sys
import tempfile
import time

TURNS = 5
REPLY = {"messages": [{"content": "Your order 4411 is on its way."}]}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def measured(command, **options):
    """Runs a command; returns (processor seconds, wall seconds, its output)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    out, err = process.communicate()
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{out[-2000:]}\n{err[-2000:]}")
    return cpu, wall, out


def peak_rss(command, **options):
    """Peak resident MiB of one command, read while it runs."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **options)
    peak = 0
    began = time.monotonic()
    while process.poll() is None:
        try:
            for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    peak = max(peak, int(line.split()[1]))
        except (FileNotFoundError, ProcessLookupError):
            pass
        time.sleep(0.05)
    wall = time.monotonic() - began
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{process.stderr.read()[-2000:]}")
    return peak / 1024, wall


def start_nginx(folder, port):
    (folder / "nginx.conf").write_text(f"""
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  client_body_temp_path {folder};
  server {{
    listen 127.0.0.1:{port};
    location / {{ default_type application/json; return 200 '{json.dumps(REPLY)}'; }}
  }}
}}
""")
    nginx = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], stderr=subprocess.DEVNULL)
    wait_for(port)
    return nginx


def wait_for(port):
    for _ in range(100):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit(f"nothing listens on port {port}")


def write_project(folder, scenarios):
    (folder / "scenarios").mkdir(parents=True)
    (folder / "personas").mkdir()
    (folder / "parley.yaml").write_text("run: {jobs: 50}\n")
    (folder / "personas" / "buyer.yaml").write_text("name: Buyer\nrole: customer\nbackground: Buys things.\n")
    lines = "".join(f"    - Line {n} about order 4411, please.\n" for n in range(1, TURNS + 1))
    for number in range(scenarios):
        (folder / "scenarios" / f"s{number}.yaml").write_text(
            f"name: Order {number}\nobjective: Ask.\ninstructions: Be brief.\n"
            f"initial_message_type: user-message\nscript:\n  replies:\n{lines}"
            "evaluation:\n  checks: [{mentions: '4411'}, {not_matches: '(?i)as an ai'}]\n")
    return folder


def wrk_body(folder):
    request = {"protocol": 1, "conversation_id": "20261120-100000-abcdef-1-1-1", "type": "user-message",
               "content": "Line 1 about order 4411, please.", "starts_at": "2026-11-20T09:00:00Z",
               "now": "2026-11-20T09:00:00Z", "user": {"language": None, "timezone": "UTC", "variables": {}},
               "variables": {}}
    script = folder / "post.lua"
    script.write_text("wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\n"
                      f"wrk.body = [[{json.dumps(request, separators=(',', ':'))}]]\n")
    return script


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--conversations", type=int, default=50_000)
    parser.add_argument("--at-once", type=int, default=10_000)
    arguments = parser.parse_args()
    parley = str(pathlib.Path(arguments.build, "parley").resolve())
    agent = str(pathlib.Path(arguments.build, "order_support_agent").resolve())
    scenarios = 100
    trials = arguments.conversations // scenarios

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        port = free_port()
        nginx = start_nginx(folder, port)
        try:
            project = write_project(folder / "project", scenarios)
            url = f"http://127.0.0.1:{port}/chat"
            common = [parley, "run", "-c", str(project / "parley.yaml"), "--agent-url", url, "-j", "50",
                      "--progress", "none", "--junit", str(folder / "junit.xml")]
            idle, _, _ = measured(common + ["--trials", "1", "-k", '"order 0"'])
            wrk_cpu, wrk_wall, out = measured(["wrk", "-t1", "-c50", "-d10s", "-s", str(wrk_body(folder)), url])
            requests = next(int(line.split()[0]) for line in out.splitlines() if "requests in" in line)
            cpu, wall, _ = measured(common + ["--trials", str(trials)])
            turns = scenarios * trials * TURNS
            wrk_us = wrk_cpu / requests * 1e6
            our_us = (cpu - idle) / turns * 1e6
            print(f"{'':24}{'us CPU/turn':>12}{'turns/s':>12}{'ratio to wrk':>14}")
            print(f"{'wrk (50 connections)':24}{wrk_us:12.1f}{requests / wrk_wall:12.0f}{1:14.1f}")
            print(f"{'parley (50 at once)':24}{our_us:12.1f}{turns / wall:12.0f}{our_us / wrk_us:14.1f}")
            peak, _ = peak_rss(common + ["--trials", str(trials)])
            print(f"peak memory of {scenarios * trials} conversations: {peak:.0f} MiB")
        finally:
            nginx.terminate()
            nginx.wait()

        slow = subprocess.Popen([agent, "--listen", "127.0.0.1:0", "--delay", "1000"], stdout=subprocess.PIPE, text=True)
        try:
            url = slow.stdout.readline().split()[-1]
            at_once = arguments.at_once
            command = [parley, "run", "-c", str(project / "parley.yaml"), "--agent-url", url, "-j", str(at_once),
                       "--trials", str(at_once // scenarios), "--progress", "none", "--junit",
                       str(folder / "junit.xml")]
            for path in (project / "scenarios").glob("*.yaml"):
                text = path.read_text()
                path.write_text(text[:text.index("evaluation:")])
            peak, wall = peak_rss(command)
            print(f"{at_once} conversations at once, replies after 1 s: {at_once * TURNS / wall:.0f} turns/s "
                  f"(the best possible is {at_once}), {peak:.0f} MiB, {wall:.1f} s")
        finally:
            slow.terminate()
            slow.wait()


if __name__ == "__main__":
    main()

"""The row about pages: fifty people at work over long stories.

Lays PEOPLE stories of ENTRIES entries in a store with the whole register, serves it, signs USERS people
in, and lets each work for SECONDS: a page, a second's thought, another page. Of ten, one is a section that
is read, changed and saved; one a plan; one the list of work, or of a meeting of thirty people; the others
assessments. Two times are told of each: the server's own, from a request's arrival to its answer, as the
server's log says it; and the whole request as the browser sees it, on the same machine.
"""

import http.client
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = 10_000
ENTRIES = 200
USERS = 50
SECONDS = 40
THOUGHT = 1.0
SAVES = 0.1
PLANS = 0.1
LISTS = 0.1
KINDS = {
    "assessment": ("GET", "/person/{person}/assessment"),
    "plan": ("GET", "/person/{person}/plan"),
    "work": ("GET", "/work"),
    "meeting": ("GET", "/meetings"),
    "save": ("POST", "/person/{person}/form/{form}/{section}"),
}
ADDRESS = ("127.0.0.1", 8099)
PASSWORD = "not a password that matters"


def rows(kith, folder, options, ran):
    """The row, over a store that holds the whole register; void if a request fails."""
    program = kith.parent / "examples/stories"
    if not program.exists():
        print(f"{program} is not there: the row about pages is left out")
        return []
    feed, store = folder / "pages-feed", folder / "pages.sqlite"
    ran([kith, "borough", "--residents", str(options.residents), "--seed", str(options.seed), "--out", feed])
    env = {**os.environ, "KITH_DB": f"sqlite:{store}", "KITH_POLICY": str(ROOT / "policy")}
    ran([kith, "import", "fhir", "--json", feed], env)
    shutil.rmtree(feed)
    whose = lay(kith, program, store, env, ran)
    return [at_work(kith, env, whose, options.seed)]


def lay(kith, program, store, env, ran):
    """Adds the users and the stories; gives the people of each user by sign-in name."""
    for number in range(USERS):
        add = ["users", "add", f"bench-{number}", "--name", f"Bench {number}", "--role", "social-worker",
               "--organisation", "southwark-council", "--team", "southwark-walworth-team"]
        subprocess.run([kith, *add], env=env, input=f"{PASSWORD}\n".encode(),
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    add = ["users", "add", "bench-lead", "--name", "Bench Lead", "--role", "team-lead",
           "--organisation", "southwark-council", "--team", "southwark-walworth-team"]
    subprocess.run([kith, *add], env=env, input=f"{PASSWORD}\n".encode(),
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    laid = ran([program, f"sqlite:{store}", str(PEOPLE), str(ENTRIES), str(ROOT / "policy/forms")])
    whose = {}
    for line in laid.out.splitlines():
        told = json.loads(line)
        whose.setdefault(told["login"], []).append(told["person"])
    return whose


def at_work(kith, env, whose, seed):
    """Serves, lets everybody work, and says how long they waited."""
    env = {**env, "RUST_LOG": "kith::request=debug", "NO_COLOR": "1"}
    log = tempfile.TemporaryFile("w+")
    server = subprocess.Popen([kith, "serve", "--listen", f"{ADDRESS[0]}:{ADDRESS[1]}"], env=env,
                              stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        server.stdout.readline()
        workers = [Worker(login, theirs, seed + at) for at, (login, theirs) in enumerate(sorted(whose.items()))]
        alone = workers[0].alone()
        area = Worker("bench-lead", [], seed).area()
        cpu, before = cpu_of(server.pid), log.seek(0, os.SEEK_END)
        started = time.perf_counter()
        threads = [threading.Thread(target=worker.work, args=(started + SECONDS,)) for worker in workers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        cpu, wall = cpu_of(server.pid) - cpu, time.perf_counter() - started
    finally:
        server.terminate()
        server.wait()
    took = {kind: sorted(one for worker in workers for one in worker.took_by[kind]) for kind in KINDS}
    log.seek(before)
    servers = by_the_server(log)
    requests = sum(len(all) for all in took.values())
    failed = [why for worker in workers for why in worker.failed]
    for why in failed[:3]:
        print(f"a request failed: {why}")
    at = lambda taken, share: f"{taken[min(len(taken) - 1, int(len(taken) * share))] * 1000:.1f}" if taken else "-"
    said = {
        "people": len(workers), "stories": sum(len(worker.people) for worker in workers),
        "requests a second": f"{requests / wall:.0f}",
        **{f"{kind} {name} ms{whose}": at(all, share)
           for whose, times in ((" of the server", servers), (" with the browser", took))
           for kind, all in times.items() for name, share in (("median", 0.5), ("p99", 0.99))},
        "lines of a list of work": workers[0].lines, "people of a meeting": workers[0].meeting,
        "an assessment alone, median ms": f"{statistics.median(alone) * 1000:.1f}",
        "all that is due in an area alone, median ms": f"{statistics.median(area) * 1000:.1f}",
        "server CPU ms a request": f"{cpu / max(1, requests) * 1000:.1f}",
        "failed": len(failed),
    }
    row = f"pages over stories of {ENTRIES} entries, {USERS} people at work, one page in ten a save"
    return {"row": row, "said": said, **({"void": True} if failed or not all(servers.values()) else {})}


def by_the_server(log):
    """How many seconds each kind of request took, in order, from the lines that are left of a server's log."""
    line = re.compile(r'kith::request: route="([^"]*)" method=(\w+) status=\d+ microseconds=(\d+)')
    kinds = {asked: kind for kind, asked in KINDS.items()}
    took = {kind: [] for kind in KINDS}
    for route, method, microseconds in line.findall(log.read()):
        if (method, route) in kinds:
            took[kinds[method, route]].append(int(microseconds) / 1e6)
    return {kind: sorted(all) for kind, all in took.items()}


def cpu_of(pid):
    """User and system seconds of a process so far (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Worker:
    """Somebody signed in, with a browser that keeps its connection and its cookies."""

    def __init__(self, login, people, seed):
        self.people, self.random = people, random.Random(seed)
        self.took_by, self.failed = {kind: [] for kind in KINDS}, []
        self.lines = self.meeting = 0
        self.cookies = {}
        self.connection = http.client.HTTPConnection(*ADDRESS, timeout=60)
        page = self.send("GET", "/sign-in")[1]
        self.send("POST", "/sign-in", {**hidden(page), "login": login, "password": PASSWORD})
        # As a browser does that is sent on.
        self.send("GET", "/work")

    def send(self, method, path, form=None):
        headers = {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                   "sec-fetch-site": "same-origin"}
        body = None
        if form is not None:
            headers["content-type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode(form, doseq=True)
        start = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        self.took = time.perf_counter() - start
        for cookie in answer.headers.get_all("set-cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, text

    def alone(self):
        """The same page with nobody else at work."""
        return [self.read(person) for person in self.people[:20]]

    def area(self):
        """Everything that is due about the people of the area, whoever has it."""
        return [self.get("/area")[0] for _ in range(5)]

    def get(self, path):
        status, page = self.send("GET", path)
        if status != 200:
            self.failed.append(f"{status} for {path}")
        return self.took, page

    def read(self, person):
        return self.get(f"/person/{person}/assessment")[0]

    def list(self):
        """The list of work, or the list of the meeting."""
        if self.random.random() < 0.5:
            took, page = self.get("/work")
            self.took_by["work"].append(took)
            self.lines = page.count("kith-work__line")
        else:
            took, page = self.get("/meetings")
            self.took_by["meeting"].append(took)
            self.meeting = page.count("/meeting/")

    def save(self, person):
        path = f"/person/{person}/form/assessment/about-me"
        page = self.send("GET", path)[1]
        name, text = first_box(page)
        status, _ = self.send("POST", path, {**hidden(page), name: f"{text} Changed.", "do": "save"})
        if status != 303:
            self.failed.append(f"{status} for a section")
        return self.took

    def work(self, until):
        time.sleep(self.random.random() * THOUGHT)
        while time.perf_counter() < until:
            person = self.random.choice(self.people)
            what = self.random.random()
            if what < SAVES:
                self.took_by["save"].append(self.save(person))
            elif what < SAVES + PLANS:
                self.took_by["plan"].append(self.get(f"/person/{person}/plan")[0])
            elif what < SAVES + PLANS + LISTS:
                self.list()
            else:
                self.took_by["assessment"].append(self.read(person))
            time.sleep(THOUGHT * (0.5 + self.random.random()))


def hidden(page):
    """The hidden fields of the page's last form, as its browser would send them."""
    form = page[page.rindex("<form"):]
    fields = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form):
        name, value = (re.search(rf'{part}="([^"]*)"', tag) for part in ("name", "value"))
        fields.setdefault(name[1], []).append(value[1] if value else "")
    return fields


def first_box(page):
    """The first box of words of a section, and what stands in it."""
    box = re.search(r'<textarea[^>]*name="(q-[^"]*)"[^>]*>\s*([^<]*)</textarea>', page)
    return (box[1], box[2].strip()) if box else ("q-none", "")

"""Divides the sources of every target into batches that are compiled as one file each.

usage: unity_groups.py ROOT SOURCES OUT

SOURCES has one line `target|source` per source. OUT becomes a CMake script of calls
`unity_group(<target> <group> <sources>)`, and OUT.d the list of what was read. Sources of one batch stand near each
other and declare no name twice that only one file should see. clang-format lets such declarations begin in column 0, so patterns find them.
"""

import pathlib
import re
import sys

# Seconds g++ 12 needs for what a file includes, roughly; a batch stops growing at the limit.
HEAVY = [(re.compile(r"boost/beast|boost/asio/ssl|openssl"), 3.0), (re.compile(r"nlohmann/json\.hpp|valijson"), 0.5),
         (re.compile(r"boost/asio/(experimental|co_spawn|ip)|tbb/|CLI/|yaml-cpp|pugixml|spdlog"), 0.5)]
BATCH_COST = 24.0
BATCH_FILES = 16

IDENTIFIER = r"[A-Za-z_]\w*"
REPEATABLE = re.compile(rf"(?:using (?:[\w:]+::)?({IDENTIFIER});|using ({IDENTIFIER}) =.*;|namespace ({IDENTIFIER}) =.*;)$")
TYPE = re.compile(rf"(?:struct|class|union|enum(?: class| struct)?|concept) ({IDENTIFIER})\b(?!::)")
MACRO = re.compile(rf"#\s*define ({IDENTIFIER})")
NAMESPACE = re.compile(r"(?:inline )?namespace\b ?([\w:]*) ?\{")
INCLUDE = re.compile(r'^#\s*include "([^"]+)"', re.MULTILINE)
USING_NAMESPACE = re.compile(r"using (?:namespace|enum) ([\w:]+);")
HARMLESS_NAMESPACE = re.compile(r"parley\b|std::\w*literals$")
QUALIFIED = re.compile(rf"(?:{IDENTIFIER}(?:<[^()]*>)?::)+~?{IDENTIFIER}$")
NOT_DECLARED = {"if", "for", "while", "switch", "return", "TEST_CASE", "TEST_CASE_METHOD", "TEMPLATE_TEST_CASE", "SCENARIO", "operator",
                "static_assert", "alignas", "decltype", "requires", "noexcept"}


def declared_name(line):
    """The function or variable that a line in column 0 declares, or None."""
    if line.startswith(("extern ", "#", "}", "{", "//", "/*", "*", "public:", "private:", "using ", "friend ")):
        return None
    head = re.sub(r'^(\[\[[^\]]*\]\]\s*)', "", line)
    head = re.split(r"[({=;\[]", head, maxsplit=1)[0].rstrip()
    if head == line.rstrip() and not line.rstrip().endswith(("=", "(")):
        return None
    if QUALIFIED.search(head):
        return None
    found = re.search(rf"({IDENTIFIER})$", head)
    return found.group(1) if found and found.group(1) not in NOT_DECLARED else None


class source_file:
    """The names that a file declares at namespace scope: those of its own, and those that others see."""

    def __init__(self, text):
        self.local = {}  # name -> the declaration if it may be repeated, else None
        self.shared = set()
        self.includes = set(INCLUDE.findall(text))
        opened = USING_NAMESPACE.findall("\n".join(line for line in text.splitlines() if line[:1] == "u"))
        self.opened = {name for name in opened if not HARMLESS_NAMESPACE.match(name)}
        self.cost = 1.0 + len(text) / 20000 + sum(cost for pattern, cost in HEAVY if pattern.search(text))
        scopes = []
        for line in self.joined(text):
            self.read(line, scopes)

    @staticmethod
    def joined(text):
        """Lines in column 0, outside raw strings, with `template <...>` taken off."""
        text = re.sub(r'R"(\w*)\(.*?\)\1"', '""', text, flags=re.DOTALL)
        for line in text.splitlines():
            if line and not line[0].isspace() and not line.startswith(("//", "template <", "requires ")):
                yield line

    def read(self, line, scopes):
        if opening := NAMESPACE.match(line):
            scopes.append(opening.group(1))
            return
        if line.startswith("}  // namespace"):
            if scopes:
                scopes.pop()
            return
        if repeatable := REPEATABLE.match(line):
            self.local.setdefault(next(filter(None, repeatable.groups())), line)
            return
        if macro := MACRO.match(line):
            self.local[macro.group(1)] = None
            return
        own = "" in scopes or line.startswith("static ")
        kind = TYPE.match(line)
        name = kind.group(1) if kind else declared_name(line)
        if name is None:
            return
        # Types and constants in a .cpp are its own even outside an unnamed namespace.
        if own or kind or line.startswith(("constexpr ", "const ")):
            self.local[name] = None
        else:
            self.shared.add(name)


class sources:
    """All files of the project that were asked for, read once."""

    def __init__(self, root):
        self.root = root
        self.files = {}
        self.seen = {}

    def file(self, path):
        if path not in self.files:
            full = self.root / path
            self.files[path] = source_file(full.read_text(encoding="utf-8")) if full.is_file() else source_file("")
        return self.files[path]

    def names_of_headers(self, path):
        """Every name that the project's headers behind a file declare."""
        if path in self.seen:
            return self.seen[path]
        pending, reached, names = list(self.file(path).includes), set(), set()
        while pending:
            header = pending.pop()
            if header in reached:
                continue
            reached.add(header)
            found = self.file(header)
            names |= found.shared | found.local.keys()
            pending.extend(found.includes)
        self.seen[path] = names
        return names


class batch:
    def __init__(self):
        self.paths = []
        self.local = {}
        self.headers = set()
        self.shared = set()
        self.opened = None
        self.cost = 0.0

    def takes(self, path, known):
        file = known.file(path)
        if not self.paths:
            return True
        if len(self.paths) >= BATCH_FILES or self.cost + file.cost > BATCH_COST or self.opened != file.opened:
            return False
        for name in self.local.keys() & file.local.keys():
            if self.local[name] is None or self.local[name] != file.local[name]:
                return False
        theirs = known.names_of_headers(path) | file.shared
        ours = self.headers | self.shared
        return not (own_names(self.local) & theirs or own_names(file.local) & ours)

    def add(self, path, known):
        file = known.file(path)
        self.paths.append(path)
        self.local.update(file.local)
        self.headers |= known.names_of_headers(path)
        self.shared |= file.shared
        self.opened = file.opened
        self.cost += file.cost


def own_names(local):
    return {name for name, text in local.items() if text is None or " = " in text and text.startswith("using")}


def batches(paths, known, earlier):
    """Batches of an earlier time stay as far as they may, so that an edit compiles one of them and not the folder."""
    made = []
    for files in earlier:
        made.append(batch())
        for path in files:
            if path in paths and made[-1].takes(path, known):
                made[-1].add(path, known)
    placed = {path for kept in made for path in kept.paths}
    for path in paths:
        if path in placed:
            continue
        place = next((kept for kept in made if kept.takes(path, known)), None)
        if place is None:
            place = batch()
            made.append(place)
        place.add(path, known)
    return made


def earlier_batches(root, out):
    found = {}
    if out.is_file():
        for line in out.read_text(encoding="utf-8").splitlines():
            target = line[len("unity_group("):].split(" ")[0]
            paths = [path[len(str(root)) + 1:] for path in re.findall(r'"([^"]+)"', line)]
            found.setdefault(target, []).append(paths)
    return found


def main(root, listing, out):
    root, out = pathlib.Path(root), pathlib.Path(out)
    known = sources(root)
    targets = {}
    for line in pathlib.Path(listing).read_text(encoding="utf-8").splitlines():
        target, path = line.split("|")
        targets.setdefault(target, []).append(str(pathlib.Path(path).relative_to(root)))
    earlier = earlier_batches(root, out)
    lines = []
    for target, paths in targets.items():
        made = batches(sorted(paths), known, earlier.get(target, []))
        for number, one in enumerate((one for one in made if one.paths), start=1):
            files = " ".join(f'"{root / path}"' for path in one.paths)
            lines.append(f"unity_group({target} {target}_{number} {files})\n")
    write_if_changed(out, "".join(lines))
    read = " ".join(str(root / path) for path in sorted(known.files) if (root / path).is_file())
    out.with_name(out.name + ".d").write_text(f"{out}: {read}\n", encoding="utf-8")


def write_if_changed(path, text):
    """An unchanged file keeps its time, so that nothing behind it is done again."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

import json

from crawler.cli import main


class Evening:
    """One simulated world and the audits made of it."""

    def __init__(self, folder):
        self.folder = folder
        self.out = folder / "out"
        self.store = f"sqlite:///{folder / 'store.sqlite'}"

    def run(self, verb, *options):
        shared = ["--settings", str(self.folder / "settings.toml"), "--store", self.store]
        return main([*verb.split(), *shared, *map(str, options)])

    def audit(self, *options):
        return self.run("audit", "--register", self.folder / "register.csv", "--out", self.out, *options)

    def lines(self, name):
        return [json.loads(line) for line in (self.folder / name).read_text(encoding="utf-8").splitlines()]

    @property
    def truth(self):
        return {line["account_id"]: line for line in self.lines("truth.jsonl")}

    @property
    def results(self):
        return {line["account_id"]: line for line in self.lines("out/results.jsonl")}

    @property
    def record(self):
        return json.loads((self.out / "run.json").read_text(encoding="utf-8"))

    @property
    def diff(self):
        return json.loads((self.out / "diff.json").read_text(encoding="utf-8"))

    @property
    def asked(self):
        return self.lines("log.jsonl")


def fails(result):
    return {finding["rule"] for finding in result["findings"] if finding["verdict"] == "fail"}

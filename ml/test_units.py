"""Unit tests of the parts that decide what is learned and what is told: python3 -m unittest discover ml"""

from __future__ import annotations

import json
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from augment import place
from familiarity import fit
from groups import Groups, difference_hash, distances, split_groups
from heat import decode, maps
from judge import brought_back, look
from metrics import auc, average_precision, iou, threshold_at, wilson
from model import CARTON_SECOND, BagDetector, Shipped, probabilities
from pictures import Target
from PIL import Image
from recipe import LEGS, RESULT, SCANS, scan_runs
from repeat import Run, Step, pictures, repeat, steps_of
from tip import cut_out, emptied, insert


def _scene(side: int = 128) -> tuple[np.ndarray, Target]:
    """A pale field with a dark bar, and the bar's box."""
    picture = np.full((side, side, 3), 220, np.uint8)
    picture[50:70, 40:90] = (60, 80, 140)
    return picture, Target(1, 40, 50, 90, 70)


class Insertion(unittest.TestCase):
    def test_a_thing_taken_away_leaves_its_ground(self) -> None:
        picture, target = _scene()
        self.assertLess(np.abs(emptied(picture, target).astype(int) - 220).max(), 3)

    def test_a_cut_out_put_into_an_empty_field_is_the_thing_again(self) -> None:
        picture, target = _scene()
        cutout = cut_out(picture, target)
        assert cutout is not None
        done = insert(np.full_like(picture, 220), cutout, np.random.default_rng(1), at=(65.5, 60.5))
        assert done is not None
        self.assertLess(np.abs(done[0].astype(int) - picture).max(), 8)
        for found, was in zip((done[1].left, done[1].top, done[1].right, done[1].bottom), (40, 50, 90, 70), strict=True):
            self.assertLessEqual(abs(found - was), 1.5)

    def test_transmissions_multiply(self) -> None:
        picture, target = _scene()
        cutout = cut_out(picture, target)
        assert cutout is not None
        done = insert(np.full_like(picture, 110), cutout, np.random.default_rng(1), at=(65.5, 60.5))
        assert done is not None
        self.assertLess(np.abs(done[0][60, 60].astype(int) - picture[60, 60] // 2).max(), 4)


class Views(unittest.TestCase):
    def test_boxes_stay_on_their_things(self) -> None:
        picture, target = _scene()
        random = np.random.default_rng(7)
        seen = 0
        for _ in range(40):
            shown, targets = place(picture, [target], 96, random)
            for t in targets:
                x, y = int((t.left + t.right) / 2), int((t.top + t.bottom) / 2)
                self.assertLess(int(shown[min(95, y), min(95, x)].min()), 150)
                seen += 1
        self.assertGreater(seen, 30)


class Maps(unittest.TestCase):
    def test_what_is_drawn_is_what_is_decoded(self) -> None:
        target = Target(2, 100.0, 60.0, 160.0, 84.0)
        aim = maps([target], 320, 8, 3, 0.3)
        peak = decode(aim.heat, np.exp(aim.box[:2]) * 8, aim.box[2:], 8, 5, 0.9)[0]
        self.assertEqual(peak.label, 2)
        for found, was in zip((peak.left, peak.top, peak.right, peak.bottom), (100, 60, 160, 84), strict=True):
            self.assertAlmostEqual(found, was, places=3)

    def test_a_harmless_place_is_certain_and_cold(self) -> None:
        aim = maps([Target(-1, 80, 80, 160, 160)], 320, 8, 3, 0.3)
        self.assertEqual(float(aim.heat.max()), 0.0)
        self.assertEqual(float(aim.weight[0, 15, 15]), 1.0)
        self.assertAlmostEqual(float(aim.weight[0, 2, 2]), 0.3, places=5)

    def test_the_likeliest_class_has_the_whole_presence(self) -> None:
        heat = probabilities(torch.zeros(1, 1, 2, 2), torch.randn(1, 3, 2, 2))
        self.assertTrue(torch.allclose(heat.amax(1), torch.full((1, 2, 2), 0.5)))

    def test_a_picture_and_its_mirror_have_one_score(self) -> None:
        torch.manual_seed(0)
        network = Shipped(BagDetector(None).eval(), 8)
        picture = torch.rand(1, 3, 64, 64)
        with torch.no_grad():
            a, b = (look(network, x, second=CARTON_SECOND) for x in (picture, picture.flip(3)))
        self.assertAlmostEqual(float(a[0]), float(b[0]), places=5)
        self.assertTrue(torch.allclose(a[1], b[1].flip(3), atol=1e-5))

    def test_what_a_second_view_tells_isbrought_back(self) -> None:
        # A thing of 20 x 12 at (2.25, 3.5) of 8 x 8 cells.
        for view, cell, size, offset in (("mirror", (3, 5), (20, 12), (0.75, 0.5)), ("turn", (5, 3), (12, 20), (0.5, 0.75))):
            heat, sizes, offsets = torch.zeros(1, 1, 8, 8), torch.zeros(1, 2, 8, 8), torch.zeros(1, 2, 8, 8)
            heat[0, 0, cell[0], cell[1]] = 1
            sizes[0, :, cell[0], cell[1]] = torch.tensor(size)
            offsets[0, :, cell[0], cell[1]] = torch.tensor(offset)
            heat, sizes, offsets = brought_back(heat, sizes, offsets, view)
            self.assertEqual(float(heat[0, 0, 3, 2]), 1)
            self.assertEqual(sizes[0, :, 3, 2].tolist(), [20, 12])
            self.assertEqual(offsets[0, :, 3, 2].tolist(), [0.25, 0.5])


class Figures(unittest.TestCase):
    def test_ranking_and_rates(self) -> None:
        self.assertEqual(auc(np.array([0.9, 0.4]), np.array([0.4, 0.1])), 0.875)
        negatives = np.arange(100) / 100
        self.assertAlmostEqual((negatives >= threshold_at(negatives, 0.04)).mean(), 0.04)
        low, high = wilson(14, 300)
        self.assertAlmostEqual(low, 0.028, places=3)
        self.assertAlmostEqual(high, 0.077, places=3)
        self.assertAlmostEqual(iou((0, 0, 2, 2), (1, 0, 3, 2)), 1 / 3)
        self.assertAlmostEqual(average_precision([(0.9, True), (0.8, False), (0.7, True)], 2), 0.5 + 0.5 * 2 / 3)

    def test_the_strange_lies_far(self) -> None:
        random = np.random.default_rng(0)
        law = fit(random.normal(0, 1, (400, 60)), components=8)
        near, far = law.distance(random.normal(0, 1, (100, 60))), law.distance(random.normal(2, 1, (100, 60)))
        self.assertLess(near.max(), far.min())


class Splits(unittest.TestCase):
    def test_groups_stay_whole_and_shares_are_kept(self) -> None:
        labels = [i // 5 for i in range(500)]
        chosen = split_groups(labels, ["a" if i % 3 else "b" for i in range(500)], seed=1)
        share = np.mean([chosen[label] == "train" for label in labels])
        self.assertTrue(0.66 < share < 0.74)

    def test_twins_are_joined_and_strangers_are_not(self) -> None:
        random = np.random.default_rng(0)
        one = random.integers(0, 255, (40, 40)).astype(np.uint8)
        other = random.integers(0, 255, (40, 40)).astype(np.uint8)
        hashes = np.stack([difference_hash(Image.fromarray(p)) for p in (one, one // 2 + 60, other)])
        apart = distances(hashes)
        self.assertLessEqual(apart[0, 1], 20)
        self.assertGreater(apart[0, 2], 20)
        groups = Groups(3)
        groups.join_pairs((int(a), int(b)) for a, b in np.argwhere(np.triu(apart <= 20, 1)))
        self.assertEqual(groups.labels(), [0, 0, 1])


class Recipe(unittest.TestCase):
    def test_a_leg_begins_with_ends_of_legs_before_it(self) -> None:
        for kind, legs in LEGS.items():
            for number, leg in enumerate(legs):
                self.assertLessEqual(set(leg.start), {before.name for before in legs[:number]}, leg.name)
            self.assertLessEqual(set(RESULT[kind]), {leg.name for leg in legs})

    def test_two_of_five_simulated_bags_carry_a_threat_and_runs_are_whole(self) -> None:
        runs = scan_runs(SCANS)
        at = runs[0][0]
        for first, count, _ in runs:
            self.assertEqual(first, at)
            at += count
        self.assertEqual(at - runs[0][0], SCANS)
        share = sum(count for _, count, threat in runs if threat != "none") / SCANS
        self.assertAlmostEqual(share, 0.4)
        self.assertEqual({threat for *_, threat in runs}, {"none", "gun", "knife", "wrench"})


class Repetition(unittest.TestCase):
    def _run(self, kind: str, *, smoke: bool) -> Run:
        return Run(kind, Path("/data"), Path("/work"), "1.2.3", smoke)

    def test_the_test_split_is_opened_last_and_by_a_whole_run_only(self) -> None:
        for kind in LEGS:
            whole = [(step.name, "test" in command) for step in steps_of(self._run(kind, smoke=False)) for command in step.commands]
            self.assertEqual({name for name, opens in whole if opens} - {"tipset"}, {"bench"})
            self.assertLess(max(i for i, (name, _) in enumerate(whole) if name.startswith("leg-")), [name for name, _ in whole].index("bench"))
            self.assertFalse(any("test" in command for step in steps_of(self._run(kind, smoke=True)) for command in step.commands))

    def test_a_smoke_run_takes_a_few_pictures_of_every_kind_and_none_of_the_test_split(self) -> None:
        few, all_ = (pictures(self._run("bags", smoke=smoke)) for smoke in (True, False))
        self.assertLess(len(few), 0.3 * len(all_))
        self.assertEqual({file.parent.name for file in few}, {"clear", "threat"})

    def test_what_is_done_is_skipped_what_changed_is_repeated_with_all_after_it(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "log"

            def step(name: str, said: str) -> Step:
                return Step(name, ((sys.executable, "-c", f"open({str(log)!r}, 'a').write({said!r})"),))

            steps = [step("one", "1"), step("two", "2"), step("three", "3")]
            repeat(steps, Path(folder))
            repeat(steps, Path(folder))
            self.assertEqual(log.read_text(), "123", "a second time nothing is done")
            repeat([steps[0], step("two", "b"), steps[2]], Path(folder))
            self.assertEqual(log.read_text(), "123b3")

    def test_a_step_that_fails_ends_the_run_and_is_tried_again(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            failing = Step("gate", ((sys.executable, "-c", "raise SystemExit(1)"),))
            with self.assertRaises(SystemExit):
                repeat([failing], Path(folder))
            self.assertFalse((Path(folder) / "done/gate.json").exists())
            passed = Step("gate", failing.commands, may_fail=True)
            repeat([passed], Path(folder))
            self.assertIn("seconds", json.loads((Path(folder) / "done/gate.json").read_text()))


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""./run, ./test and the scripts of packaging/, with tools that only take notes (see sandbox.py)."""

import os
import unittest

from sandbox import NOTE, Sandbox

NOBODY = 65534


class SetUpTest(unittest.TestCase):
    def setUp(self):
        self.run_in = Sandbox()
        self.addCleanup(self.run_in.close)
        self.root = self.run_in.root

    def ok(self, *arguments, **environment):
        result = self.run_in(*arguments, **environment)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        return result

    def refused(self, message, *arguments, **environment):
        result = self.run_in(*arguments, **environment)
        self.assertNotEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn(message, result.stderr)
        return result

    def pip_calls(self):
        return [call for call in self.run_in.calls() if "-m pip" in call]


class StartTest(SetUpTest):
    def test_help_names_the_commands_and_builds_nothing(self):
        for script in ("run", "test", "packaging/setup.sh", "packaging/make-deb.sh"):
            self.assertIn("--cuda", self.ok(script, "--help").stdout)
        self.assertEqual(self.run_in.calls(), [])

    def test_unknown_words_are_refused_before_anything_is_built(self):
        self.refused("does not know 'trian'", "run", "trian")
        self.refused("does not know --buld-only", "run", "--buld-only")
        self.refused("does not know --foo", "packaging/setup.sh", "--foo")
        self.refused("does not know --foo", "packaging/make-deb.sh", "--foo")
        self.assertEqual(self.run_in.calls(), [])

    def test_arguments_reach_the_trainer_as_they_are_and_stdout_is_its_own(self):
        result = self.ok("run", "train", "--name", "two words", "--json", "--help", "-DX=1")
        self.assertEqual(result.stdout,
                         "[mocoscope-train][train][--name][two words][--json][--help][-DX=1]")

    def test_with_a_display_the_workbench_opens(self):
        self.assertEqual(self.ok("run", DISPLAY=":0").stdout, "[mocoscope]")
        self.assertEqual(self.ok("run", "my runs.db", DISPLAY=":0").stdout,
                         "[mocoscope][my runs.db]")
        self.assertEqual(self.ok("run", "--", "--anything", WAYLAND_DISPLAY="w").stdout,
                         "[mocoscope][--anything]")

    def test_without_a_display_it_says_so_and_trains_on_the_demo_images(self):
        result = self.ok("run")
        self.assertIn("no display", result.stderr)
        self.assertEqual(result.stdout, "[mocoscope-train][train][--preset][demo]")
        self.refused("no display", "run", "my.db")

    def test_build_only_opens_nothing(self):
        self.assertEqual(self.ok("run", "--build-only", DISPLAY=":0").stdout, "")
        self.assertTrue((self.root / "build/release/bin/mocoscope").exists())

    def test_the_second_start_runs_no_tool(self):
        self.ok("run", "--build-only")
        self.run_in.calls()
        self.assertEqual(self.ok("run", "presets").stdout, "[mocoscope-train][presets]")
        self.assertEqual(self.run_in.calls(), [])

    def test_changed_added_and_removed_sources_are_built_again(self):
        source = self.root / "training/source.cpp"
        for change in (source.touch, (self.root / "ui/new.cpp").touch, source.unlink):
            self.ok("run", "--build-only")
            self.run_in.calls()
            change()
            self.ok("run", "--build-only")
            self.assertTrue(any("--build" in call for call in self.run_in.calls()), change)

    def test_a_failed_build_shows_why_and_is_not_taken_for_done(self):
        self.ok("run", "--build-only")
        (self.root / "broken").touch()
        (self.root / "ui/source.cpp").touch()
        for _ in range(2):
            self.refused("heads.cpp:1: error: planted", "run", "train")
        (self.root / "broken").unlink()
        self.ok("run", "train")

    def test_bench_without_benchmarks_is_an_error(self):
        self.refused("no benchmarks", "run", "bench")


class TestScriptTest(SetUpTest):
    def test_arguments_go_to_ctest(self):
        self.ok("test", "-L", "unit", "-DMOCOSCOPE_WINDOW=OFF")
        calls = self.run_in.calls()
        self.assertRegex(calls[-1], r"^ctest --preset release --parallel \d+ -L unit$")
        self.assertTrue(any("--preset release" in call and "-DMOCOSCOPE_WINDOW=OFF" in call
                            for call in calls))

    def test_sanitizers_need_no_libtorch(self):
        self.ok("test", "--preset", "asan")
        self.assertEqual(self.pip_calls(), [])


class LibTorchTest(SetUpTest):
    def test_it_is_fetched_once(self):
        self.ok("packaging/setup.sh", "--cpu")
        self.assertEqual(len(self.pip_calls()), 1)
        self.ok("packaging/setup.sh", "--cpu")
        self.assertEqual(self.pip_calls(), [])

    def test_a_broken_download_does_not_look_done(self):
        (self.root / "offline").touch()
        self.refused("connection broken", "packaging/setup.sh", "--cpu")
        self.assertFalse((self.root / ".deps/python").exists())
        (self.root / "offline").unlink()
        self.ok("packaging/setup.sh", "--cpu")
        self.assertFalse((self.root / ".deps/incoming").exists())

    def test_cuda_is_fetched_on_top_without_what_is_for_python(self):
        self.ok("packaging/setup.sh", "--cpu")
        self.run_in.calls()
        (self.root / "offline").touch()
        self.refused("connection broken", "packaging/setup.sh", "--cuda")
        (self.root / "offline").unlink()
        self.run_in.calls()
        self.ok("packaging/setup.sh")  # remembers --cuda
        calls = self.pip_calls()
        self.assertEqual(len(calls), 1, calls)
        self.assertTrue(calls[0].endswith(" cuda-toolkit[cublas]==13.0.2 nvidia-cudnn-cu13==9.19.0.56"))
        self.assertTrue((self.root / ".deps/python/torch/lib/libtorch_cpu.so").exists())
        self.ok("packaging/setup.sh", "--cpu")
        self.assertEqual(self.pip_calls(), [])

    def test_a_stopped_move_is_fetched_again(self):
        self.ok("packaging/setup.sh", "--cpu")
        self.run_in.calls()
        (self.root / ".deps/python/.incomplete").touch()
        self.ok("packaging/setup.sh")
        self.assertEqual(len(self.pip_calls()), 1)

    def test_a_libtorch_of_ones_own_is_used_and_remembered(self):
        own = self.root / "own torch"
        (own / "lib").mkdir(parents=True)
        self.refused("is no LibTorch", "run", "--build-only", f"-DLIBTORCH={own}")
        (own / "lib/libtorch_cpu.so").touch()
        (own / "include/ATen").mkdir(parents=True)
        (own / "include/ATen/ATen.h").touch()
        self.run_in.calls()
        self.ok("run", "--build-only")
        calls = self.run_in.calls()
        self.assertFalse(any("-m pip" in call for call in calls), calls)
        self.assertTrue(any(f"-DLIBTORCH={own} " in call for call in calls), calls)
        self.ok("run", "--build-only", "-DLIBTORCH=")
        self.assertEqual(len(self.pip_calls()), 1)

    def test_the_driver_decides_unless_it_is_too_old_for_cuda_13(self):
        functions = self.root / "packaging/shell"
        (self.root / "ask").write_text(f"""set -eu; project=.
            source '{functions}/steps.sh'; source '{functions}/libtorch.sh'
            variant_of_driver "$1" """, encoding="utf-8")
        for text, variant in (
                ("NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12", "cpu"),
                ("NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.95.05  Rel", "cuda"),
                ("580.65.06", "cuda"), ("NVIDIA-SMI has failed because it could not", "cpu"),
                ("", "cpu")):
            with self.subTest(text=text):
                self.assertEqual(self.ok("ask", text).stdout.strip(), variant)

    def test_the_environment_names_a_libtorch_too(self):
        self.refused("/nowhere is no LibTorch", "run", LIBTORCH="/nowhere")


class PackagesTest(SetUpTest):
    def setUp(self):
        super().setUp()
        (self.root / "missing").write_text("libjpeg-dev\nqt6-svg-dev\n", encoding="utf-8")

    def user(self):
        """Somebody who is not root."""
        if os.geteuid() != 0:
            return None
        self.run_in.give_to(NOBODY)
        return NOBODY

    @unittest.skipIf(os.geteuid() != 0, "needs root")
    def test_root_without_a_terminal_installs_unasked_and_only_what_is_missing(self):
        self.ok("packaging/setup.sh", "--cpu")
        installs = [call for call in self.run_in.calls() if call.startswith("apt-get")]
        self.assertEqual(len(installs), 1, installs)
        self.assertTrue(installs[0].endswith("install qt6-svg-dev libjpeg-dev qt6-l10n-tools"
                                             " qt6-translations-l10n"), installs)

    @unittest.skipIf(os.geteuid() != 0, "needs root")
    def test_what_is_optional_is_not_installed_for_its_own_sake(self):
        (self.root / "missing").write_text("", encoding="utf-8")
        self.ok("packaging/setup.sh", "--cpu")
        self.assertEqual([call for call in self.run_in.calls() if call.startswith("apt-get")], [])

    def test_without_root_and_sudo_the_command_is_told(self):
        result = self.refused("neither root nor sudo", "run", "--build-only", user=self.user())
        self.assertIn("sudo apt-get install --no-install-recommends qt6-svg-dev libjpeg-dev",
                      result.stderr)
        self.assertEqual([call for call in self.run_in.calls() if call.startswith("apt-get")], [])

    def test_without_a_terminal_to_ask_on_only_yes_installs(self):
        self.run_in.tool("sudo", '#!/bin/bash\necho "sudo $*" >>"$SANDBOX/calls"\nexec "$@"\n')
        user = self.user()
        self.refused("system packages are missing", "run", "--build-only", user=user)
        self.ok("run", "--build-only", "--yes", user=user)
        self.assertTrue(any(call.startswith("sudo env DEBIAN_FRONTEND=noninteractive apt-get")
                            for call in self.run_in.calls()))

    @unittest.skipIf(os.geteuid() != 0, "needs root")
    @unittest.skipUnless(os.path.exists("/dev/pts/ptmx"), "no terminals: /dev/pts is not mounted")
    def test_on_a_terminal_it_asks_first(self):
        code, screen = self.run_in.at_terminal("n\n", "packaging/setup.sh", "--cpu")
        self.assertEqual(code, 1, screen)
        self.assertIn("qt6-svg-dev libjpeg-dev", screen)
        self.assertFalse(any(call.startswith("apt-get") for call in self.run_in.calls()))
        code, screen = self.run_in.at_terminal("\n", "packaging/setup.sh", "--cpu")
        self.assertEqual(code, 0, screen)
        self.assertTrue(any(call.startswith("apt-get") for call in self.run_in.calls()))

    def test_packages_from_elsewhere_can_be_used(self):
        self.ok("run", "--build-only", "--skip-packages", user=self.user())

    @unittest.skipIf(os.geteuid() != 0, "needs root")
    def test_stale_lists_are_updated_once(self):
        self.run_in.tool("apt-get", '#!/bin/bash\necho "apt-get $*" >>"$SANDBOX/calls"\n'
                         'if [[ $* == *update ]]; then touch "$SANDBOX/updated"; fi\n'
                         '[[ -e $SANDBOX/updated ]]\n')
        self.ok("packaging/setup.sh", "--cpu")
        verbs = [word for call in self.run_in.calls() if "apt-get" in call
                 for word in call.split() if word in ("install", "update")]
        self.assertEqual(verbs, ["install", "update", "install"])


class PackageTest(SetUpTest):
    def setUp(self):
        super().setUp()
        self.run_in.tool("cpack", NOTE + 'while [[ $1 != -B ]]; do shift; done\n'
                         'mkdir -p "$2" && echo packed >"$2/mocoscope_1_any.deb"\n')
        self.run_in.tool("dpkg-deb", NOTE + 'if [[ $1 == --field ]]; then echo 42; fi\n')
        self.check = self.root / "packaging/check_tree.sh"
        self.check.write_text('echo "check_tree $1" >>"$SANDBOX/calls"\n', encoding="utf-8")

    def test_the_release_programs_are_packed_and_tried(self):
        result = self.ok("packaging/make-deb.sh", "--cpu")
        deb = self.root / "build/package/mocoscope_1_any.deb"
        self.assertIn(f"sudo apt-get install {deb}", result.stderr)
        steps = [call for call in self.run_in.calls()
                 if call.startswith(("cmake", "cpack", "dpkg-deb --extract", "check_tree"))]
        self.assertEqual(len(steps), 5, steps)
        self.assertIn("--preset release", steps[0])
        self.assertTrue(steps[1].endswith(
            "--target mocoscope mocoscope-train no_cuda_cudart no_cuda_cupti"), steps[1])
        self.assertIn("build/release/CPackConfig.cmake", steps[2])
        self.assertIn(f"{deb} {self.root}/build/package/tree", steps[3])
        self.assertEqual(steps[4], f"check_tree {self.root}/build/package/tree")

    def test_a_package_that_does_not_run_is_an_error(self):
        self.check.write_text("echo takes libtorch_cpu.so from elsewhere; exit 1\n",
                              encoding="utf-8")
        self.refused("takes libtorch_cpu.so from elsewhere", "packaging/make-deb.sh", "--cpu")
        self.run_in.tool("dpkg-deb", "#!/bin/bash\nexit 2\n")
        self.check.write_text("exit 0\n", encoding="utf-8")
        self.refused("not fit for use", "packaging/make-deb.sh", "--cpu")

    def test_cuda_is_not_packed(self):
        self.ok("packaging/setup.sh", "--cuda")
        self.run_in.calls()
        self.refused("packaging/make-deb.sh --cpu", "packaging/make-deb.sh")
        self.assertEqual(self.run_in.calls(), [])


if __name__ == "__main__":
    unittest.main()

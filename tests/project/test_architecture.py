#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plants one violation after the other and expects architecture.py to find exactly that one."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECK = Path(__file__).with_name("architecture.py")
LICENCE = "// SPDX-License-Identifier: GPL-3.0-or-later\n"

CLEAN = {
    "training/api/result.h": "#include <tl/expected.hpp>\n#include <string>\n",
    "training/api/config_json.cpp": '#include "training/api/result.h"\n#include <nlohmann/json.hpp>\n',
    "training/api/presets.cpp": '#include "embedded/presets.h"\n',
    "training/models/heads.cpp": "#include <torch/torch.h>\n#include \"training/api/result.h\"\n",
    "training/data/decode.cpp": "#include <opencv2/core.hpp>\n",
    "storage/database.cpp": "#include <sqlite3.h>\n#include \"training/api/result.h\"\n",
    "ui/plot/canvas.cpp": "#include <qcustomplot.h>\n#include <QWidget>\n",
    "ui/session/session.h": '#include "storage/database.h"\n#include <QObject>\n',
    "app/mocoscope.cpp": '#include "training/engine/trainer.h"\n#include <QApplication>\n',
    "app/headless/train.cpp": '#include "training/engine/trainer.h"\n#include <CLI/CLI.hpp>\n',
    "tests/ui/test_session.cpp": '#include "ui/session/session.h"\n#include <QtTest>\n'
                                 '#include "test_session.moc"\n',
}

PLANTED = [  # path, text, what the message must say
    ("training/api/result.h", "#include <torch/torch.h>\n", "torch/torch.h"),
    ("training/api/result.h", "#include <nlohmann/json.hpp>\n", "only std"),
    ("training/api/result.h", '#include "training/models/vit.h"\n', "training/models/vit.h"),
    ("training/models/heads.cpp", "#include <QString>\n", "QString"),
    ("training/models/heads.cpp", '#include "ui/session/session.h"\n', "ui/session/session.h"),
    ("training/models/heads.cpp", '#include "storage/database.h"\n', "storage/database.h"),
    ("training/models/heads.cpp", "#include <opencv2/core.hpp>\n", "opencv2"),
    ("training/data/decode.cpp", "#  include <ATen/ATen.h>\n", "ATen"),
    ("training/models/heads.cpp", '#include "result.h"\n', "no path from the root"),
    ("storage/database.cpp", "#include <QtCore/QString>\n", "QtCore"),
    ("storage/database.cpp", '#include "training/engine/trainer.h"\n', "training/engine"),
    ("storage/database.cpp", '#include "app/mocoscope.h"\n', "app/mocoscope.h"),
    ("ui/session/session.cpp", "#include <sqlite3.h>\n", "sqlite3.h"),
    ("ui/session/session.cpp", "#include <c10/core/Device.h>\n", "c10"),
    ("ui/session/session.cpp", '#include "training/engine/trainer.h"\n', "training/engine"),
    ("ui/session/session.cpp", '#include "app/mocoscope.h"\n', "app/mocoscope.h"),
    ("ui/pages/live.cpp", "#include <qcustomplot.h>\n", "belongs to ui/plot"),
    ("ui/plot/other.cpp", "#include <qcustomplot.h>\n", "belongs to one file"),
    ("app/headless/train.cpp", "#include <QCoreApplication>\n", "QCoreApplication"),
    ("app/headless/train.cpp", '#include "ui/session/session.h"\n', "ui/session/session.h"),
    ("tests/ui/test_session.cpp", "#include <torch/torch.h>\n", "torch/torch.h"),
    ("training/data/long.cpp", "\n" * 400, "401 lines"),
    ("training/data/function.cpp", "void f()\n{\n" + "    g();\n" * 61 + "}\n", "61 lines"),
    ("packaging/tool.sh", "cd " + "/" + "home/somebody\n", "one machine"),
]


class ArchitectureTest(unittest.TestCase):
    def check(self, files):
        with tempfile.TemporaryDirectory() as root:
            for path, text in files.items():
                target = Path(root, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
            return subprocess.run([sys.executable, CHECK, root], capture_output=True, text=True,
                                  check=False)

    def with_licence(self, files):
        return {path: LICENCE + text for path, text in files.items()}

    def test_clean_tree_passes(self):
        result = self.check(self.with_licence(CLEAN))
        self.assertEqual((result.returncode, result.stdout), (0, ""), result.stderr)

    def test_each_planted_violation_is_the_one_that_is_found(self):
        for path, text, message in PLANTED:
            with self.subTest(path=path, message=message):
                files = {**CLEAN, path: CLEAN.get(path, "") + text}
                if path == "ui/pages/live.cpp":
                    del files["ui/plot/canvas.cpp"]
                result = self.check(self.with_licence(files))
                self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
                self.assertEqual(len(result.stdout.splitlines()), 1, result.stdout)
                self.assertTrue(result.stdout.startswith(path + ":"), result.stdout)
                self.assertIn(message, result.stdout)

    def test_missing_licence_line_is_found(self):
        for path in ("storage/clock.cpp", "packaging/tool.sh", "ui/CMakeLists.txt"):
            with self.subTest(path=path):
                result = self.check({path: "nothing\n"})
                self.assertIn(f"{path}:1: does not begin with", result.stdout)


if __name__ == "__main__":
    unittest.main()

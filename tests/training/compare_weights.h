// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/interchange/safetensors.h"

#include <QTest>

#include <string>

namespace mocoscope::training {

/// Two files hold the same tensors, bit for bit.
inline void compareWeights(const std::string& a, const std::string& b)
{
    const auto first = readSafetensors(a);
    const auto second = readSafetensors(b);
    QVERIFY(first && second);
    QCOMPARE(first->tensors.size(), second->tensors.size());
    for (const auto& [name, tensor] : first->tensors) {
        QVERIFY2(tensor.equal(second->tensors.at(name)), name.c_str());
    }
}

} // namespace mocoscope::training

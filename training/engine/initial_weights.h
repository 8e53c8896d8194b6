// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"
#include "training/interchange/weight_names.h"
#include "training/methods/method.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace mocoscope::training {

/// Parameters and buffers of a backbone, without a head that a method put into it. They share
/// memory with it.
[[nodiscard]] std::vector<std::pair<std::string, torch::Tensor>>
backboneTensors(const Backbone& backbone);

/// Starts a method from a file of weights: a checkpoint of this program or of the authors, or a
/// lone backbone; see readWeights() and sortWeights(). The backbone has to fit as a whole, the
/// momentum encoder's too if the file has one, otherwise it starts as a copy. Heads are taken when
/// all of them fit. Returns what a person should know (heads that stay random, a position embedding
/// that was resampled); empty: everything was taken as it is. Nothing is changed on an error.
[[nodiscard]] Result<std::string> loadInitialWeights(const std::filesystem::path& file,
                                                     Method& method);

/// Takes the backbone alone out of such a file, the learning one where there are two, or out of a
/// fine-tuned classifier. Returns and fails as above.
[[nodiscard]] Result<std::string> loadBackboneWeights(const std::filesystem::path& file,
                                                      const Backbone& backbone);

/// Fails as these two do, the second backbone counted or not, and changes nothing.
[[nodiscard]] Result<void> checkWeights(const std::filesystem::path& file, const Backbone& backbone,
                                        bool needsMomentum);

/// Puts weights into a backbone, as far as fitBackbone() can make them fit; otherwise nothing is
/// changed.
[[nodiscard]] Result<std::string> copyIntoBackbone(SortedWeights::Named tensors,
                                                   const Backbone& backbone);

} // namespace mocoscope::training

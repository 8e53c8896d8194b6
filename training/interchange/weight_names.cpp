// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/interchange/weight_names.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace mocoscope::training {

namespace {

using torch::Tensor;
using Named = SortedWeights::Named;
using Wanted = std::vector<std::pair<std::string, Tensor>>;

/// Drops `prefix` from `name` and returns true when it is there.
bool takePrefix(std::string& name, std::string_view prefix)
{
    if (!name.starts_with(prefix)) {
        return false;
    }
    name.erase(0, prefix.size());
    return true;
}

bool takeAny(std::string& name, std::initializer_list<std::string_view> prefixes)
{
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](std::string_view prefix) { return takePrefix(name, prefix); });
}

bool isBaseEncoder(std::string& name)
{
    return takeAny(name, {"base_encoder.", "encoder_q."});
}
bool isMomentumEncoder(std::string& name)
{
    return takeAny(name, {"momentum_encoder.", "encoder_k."});
}
/// A projection head inside an encoder, a classifier on a lone backbone.
bool isHead(std::string& name)
{
    return takeAny(name, {"head.", "fc."});
}

void replaceEnd(std::string& name, std::string_view from, std::string_view to)
{
    if (name.ends_with(from)) {
        name.replace(name.size() - from.size(), from.size(), to);
    }
}

std::string plainName(std::string name)
{
    takePrefix(name, "module.");
    // as torch names weight norm since 2.0
    replaceEnd(name, "parametrizations.weight.original0", "weight_g");
    replaceEnd(name, "parametrizations.weight.original1", "weight_v");
    return name;
}

void sortEncoder(std::string name, const char* ourPrefix, Tensor tensor, Named& backbone,
                 Named& others)
{
    if (isHead(name)) {
        others[std::string(ourPrefix) + "head." + name] = std::move(tensor);
    } else {
        backbone[name] = std::move(tensor);
    }
}

void foldWeightNorm(Named& tensors, const std::string& layer, const Wanted& wanted)
{
    const std::string whole = layer + "weight";
    const std::string length = layer + "weight_g";
    const std::string direction = layer + "weight_v";
    const auto wants = [&](const std::string& name) {
        return std::any_of(wanted.begin(), wanted.end(),
                           [&](const auto& entry) { return entry.first == name; });
    };
    if (wants(direction) && tensors.contains(whole)) {
        tensors[direction] = tensors.at(whole);
        tensors[length] = at::norm_except_dim(tensors.at(whole).to(torch::kFloat32), 2, 0);
        tensors.erase(whole);
    } else if (wants(whole) && tensors.contains(direction) && tensors.contains(length)) {
        tensors[whole] = at::_weight_norm(tensors.at(direction).to(torch::kFloat32),
                                          tensors.at(length).to(torch::kFloat32), 0);
        tensors.erase(direction);
        tensors.erase(length);
    }
}

/// The side of a square grid; 0: `count` is no square.
std::int64_t sideOf(std::int64_t count)
{
    const std::int64_t side = std::llround(std::sqrt(static_cast<double>(count)));
    return side * side == count ? side : 0;
}

/// [1, T, W] → [1, `tokens`, W]; undefined where that cannot be. The class token's row is kept,
/// made of zeros or dropped.
Tensor resampled(const Tensor& positions, std::int64_t tokens, bool hasClassToken)
{
    const std::int64_t classRows = sideOf(positions.size(1)) > 0 ? 0 : 1;
    const std::int64_t from = sideOf(positions.size(1) - classRows);
    const std::int64_t to = sideOf(tokens - (hasClassToken ? 1 : 0));
    if (from == 0 || to == 0) {
        return {};
    }
    const std::int64_t width = positions.size(2);
    Tensor grid = positions.slice(1, classRows).to(torch::kFloat32);
    if (from != to) {
        grid = grid.reshape({1, from, from, width}).permute({0, 3, 1, 2});
        grid = at::_upsample_bicubic2d_aa(grid, {to, to}, /*align_corners=*/false);
        grid = grid.permute({0, 2, 3, 1}).reshape({1, to * to, width});
    }
    if (!hasClassToken) {
        return grid;
    }
    const Tensor row = classRows == 1 ? positions.slice(1, 0, 1).to(torch::kFloat32)
                                      : torch::zeros({1, 1, width});
    return torch::cat({row, grid}, 1);
}

/// Returns what was done, in words.
std::string fitPositions(Named& tensors, const Wanted& wanted)
{
    const auto theirs = tensors.find("pos_embed");
    const auto ours = std::find_if(wanted.begin(), wanted.end(),
                                   [](const auto& entry) { return entry.first == "pos_embed"; });
    if (theirs == tensors.end() || ours == wanted.end()
        || theirs->second.sizes() == ours->second.sizes() || theirs->second.dim() != 3
        || theirs->second.size(0) != 1 || theirs->second.size(2) != ours->second.size(2)) {
        return {};
    }
    const bool hasClassToken = std::any_of(
        wanted.begin(), wanted.end(), [](const auto& entry) { return entry.first == "cls_token"; });
    const std::int64_t before = theirs->second.size(1);
    const Tensor fitted = resampled(theirs->second, ours->second.size(1), hasClassToken);
    if (!fitted.defined()) {
        return {};
    }
    theirs->second = fitted;
    return "the position embedding was resampled from " + std::to_string(before) + " to "
        + std::to_string(fitted.size(1)) + " tokens";
}

/// `a, b, c and 4 more`.
std::string listed(const std::vector<std::string>& names)
{
    constexpr std::size_t shown = 5;
    std::string text;
    for (std::size_t i = 0; i < std::min(shown, names.size()); ++i) {
        text += (i == 0 ? "" : ", ") + names[i];
    }
    return names.size() <= shown ? text
                                 : text + " and " + std::to_string(names.size() - shown) + " more";
}

class Misfits
{
public:
    Misfits(const Named& tensors, const Wanted& wanted)
    {
        std::set<std::string> known;
        for (const auto& [name, tensor] : wanted) {
            known.insert(name);
            const auto found = tensors.find(name);
            if (found == tensors.end()) {
                m_missing.push_back(name);
            } else if (found->second.sizes() != tensor.sizes()) {
                m_misshapen.push_back(name + " " + c10::str(found->second.sizes())
                                      + " where the model has " + c10::str(tensor.sizes()));
            }
        }
        for (const auto& [name, tensor] : tensors) {
            if (!known.contains(name)) {
                m_unexpected.push_back(name);
            }
        }
    }
    [[nodiscard]] std::string text() const
    {
        std::string all;
        const auto add = [&all](const char* what, const std::vector<std::string>& names) {
            if (!names.empty()) {
                all += (all.empty() ? "" : "; ") + std::string(what) + listed(names);
            }
        };
        add("missing in the file: ", m_missing);
        add("of another shape: ", m_misshapen);
        add("not in the model: ", m_unexpected);
        return all;
    }

private:
    std::vector<std::string> m_missing, m_misshapen, m_unexpected;
};

} // namespace

SortedWeights sortWeights(std::map<std::string, Tensor> tensors)
{
    SortedWeights sorted;
    Named rest;
    for (auto& [original, tensor] : tensors) {
        std::string name = plainName(original);
        if (name.starts_with("optimizer/")) {
            continue;
        }
        if (isBaseEncoder(name)) {
            sortEncoder(name, "base_encoder.", tensor, sorted.base, sorted.others);
        } else if (isMomentumEncoder(name)) {
            sortEncoder(name, "momentum_encoder.", tensor, sorted.momentum, sorted.others);
        } else {
            rest[name] = tensor;
        }
    }
    const bool isLoneBackbone = sorted.base.empty() && sorted.momentum.empty();
    for (auto& [name, tensor] : rest) {
        std::string tail = name;
        if (!isLoneBackbone) {
            sorted.others[name] = tensor;
        } else if (isHead(tail)) {
            sorted.leftOut.push_back(name);
        } else {
            sorted.base[name] = tensor;
        }
    }
    return sorted;
}

Result<std::string> fitBackbone(Named& tensors, const Wanted& wanted)
{
    foldWeightNorm(tensors, "patch_embed.proj.", wanted);
    for (const auto& [name, tensor] : wanted) {
        if (name.ends_with("num_batches_tracked") && !tensors.contains(name)) {
            tensors[name] = torch::zeros_like(tensor);
        }
    }
    const std::string remark = fitPositions(tensors, wanted);
    const std::string misfits = Misfits(tensors, wanted).text();
    if (!misfits.empty()) {
        return failure(ErrorCode::BadConfiguration, "the weights do not fit the model", misfits);
    }
    return remark;
}

} // namespace mocoscope::training

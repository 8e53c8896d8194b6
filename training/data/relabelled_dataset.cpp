// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/relabelled_dataset.h"

#include <algorithm>

namespace mocoscope::training {
namespace {

class RelabelledDataset final : public Dataset
{
public:
    RelabelledDataset(std::shared_ptr<const Dataset> source, std::vector<std::int64_t> newLabels,
                      std::span<const std::string> names)
        : m_source(std::move(source))
        , m_newLabels(std::move(newLabels))
        , m_names(names.begin(), names.end())
    {
    }
    [[nodiscard]] std::int64_t size() const override { return m_source->size(); }
    [[nodiscard]] std::int64_t label(std::int64_t index) const override
    {
        const std::int64_t label = m_source->label(index);
        return label < 0 ? label : m_newLabels[static_cast<std::size_t>(label)];
    }
    [[nodiscard]] std::string name(std::int64_t index) const override
    {
        return m_source->name(index);
    }
    [[nodiscard]] std::span<const std::string> classNames() const override { return m_names; }
    [[nodiscard]] Result<DecodedImage> decode(std::int64_t index, int minSide) const override
    {
        return m_source->decode(index, minSide);
    }
    [[nodiscard]] Result<void> decodePart(std::int64_t index, const PartPlanner& plan,
                                          DecodedPart& part) const override
    {
        return m_source->decodePart(index, plan, part);
    }

private:
    std::shared_ptr<const Dataset> m_source;
    std::vector<std::int64_t> m_newLabels;
    std::vector<std::string> m_names;
};

} // namespace

Result<std::shared_ptr<const Dataset>> withLabelsOf(const Dataset& train,
                                                    const std::shared_ptr<const Dataset>& test)
{
    const auto known = train.classNames();
    const auto found = test->classNames();
    if (known.empty() || found.empty()) {
        return failure(ErrorCode::BadConfiguration,
                       std::string("the ") + (known.empty() ? "training" : "test")
                           + " images have no classes, so accuracy cannot be measured",
                       "put the images of each class into a subfolder of its name, or leave "
                       "data.test_path empty");
    }
    if (std::equal(known.begin(), known.end(), found.begin(), found.end())) {
        return test;
    }
    std::vector<std::int64_t> labels;
    for (const std::string& name : found) {
        const auto at = std::find(known.begin(), known.end(), name);
        if (at == known.end()) {
            return failure(ErrorCode::BadConfiguration,
                           "the class '" + name + "' of the test images is not among the "
                               + std::to_string(known.size()) + " classes of the training images",
                           "the first of those is '" + known.front()
                               + "'; folders of the same class need the same name");
        }
        labels.push_back(at - known.begin());
    }
    return std::make_shared<RelabelledDataset>(test, std::move(labels), known);
}

} // namespace mocoscope::training

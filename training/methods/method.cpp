// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/methods/method.h"

#include "training/methods/byol.h"
#include "training/methods/moco_v1_v2.h"
#include "training/methods/moco_v3.h"
#include "training/methods/simclr.h"
#include "training/methods/swav.h"
#include "training/models/batch_norm.h"

namespace mocoscope::training {

void Method::joinReplicas(Collectives* replicas)
{
    m_replicas = replicas;
    spanReplicas(*this, replicas);
}

std::shared_ptr<Method> makeMethod(const TrainingConfig& config)
{
    const std::string& name = config.method.name;
    if (name == "simclr") {
        return std::make_shared<SimClr>(config);
    }
    if (name == "byol") {
        return std::make_shared<Byol>(config);
    }
    if (name == "swav") {
        return std::make_shared<Swav>(config);
    }
    if (name == "moco_v1" || name == "moco_v2") {
        return std::make_shared<MocoV1V2>(config);
    }
    TORCH_CHECK(name == "moco_v3", "unknown method ", name);
    return std::make_shared<MocoV3>(config);
}

void observeViews(const LayerObserver& observe, const std::string& layer, const TwoViews& outputs)
{
    std::vector<torch::Tensor> there;
    for (const torch::Tensor& output : {outputs.first, outputs.second}) {
        if (output.defined()) {
            there.push_back(output);
        }
    }
    if (observe && !there.empty()) {
        observe(layer, torch::stack(there));
    }
}

} // namespace mocoscope::training

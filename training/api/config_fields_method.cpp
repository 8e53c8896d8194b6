// SPDX-License-Identifier: GPL-3.0-or-later
// The table of all options, the part on the method.
#include "training/api/config_rows.h"

namespace mocoscope::training::config_rows {

namespace {

void addHeads(Rows& rows, const std::string& group)
{
    using M = MethodConfig;
    rows.push_back(Row("method.projector_layers", &T::method, &M::projectorLayers, group,
                       "Projector layers",
                       "Layers of the projection head; 3 for ViT, 2 for ResNet-50.")
                       .range(1, 8)
                       .advanced()
                       .take());
    rows.push_back(Row("method.projector_hidden", &T::method, &M::projectorHidden, group,
                       "Projector width", "Hidden width of the projection head.")
                       .range(1, 65536)
                       .advanced()
                       .take());
    rows.push_back(Row("method.predictor_layers", &T::method, &M::predictorLayers, group,
                       "Predictor layers", "Layers of the prediction head of MoCo v3 and BYOL.")
                       .range(0, 8)
                       .zeroMeans("no prediction head")
                       .advanced()
                       .take());
    rows.push_back(Row("method.predictor_hidden", &T::method, &M::predictorHidden, group,
                       "Predictor width", "Hidden width of the prediction head.")
                       .range(1, 65536)
                       .advanced()
                       .take());
    rows.push_back(Row("method.output_dim", &T::method, &M::outputDim, group, "Output width",
                       "Dimension of the vectors that the loss compares.")
                       .range(1, 65536)
                       .advanced()
                       .take());
    rows.push_back(Row("method.head_norm", &T::method, &M::headNorm, group, "BN in heads",
                       "Batch normalisation in the projection and the prediction head; without it "
                       "their layers have biases.")
                       .advanced()
                       .take());
    rows.push_back(Row("method.predictor_output_norm", &T::method, &M::predictorOutputNorm, group,
                       "BN on predictor output",
                       "Batch normalisation also on the output of the prediction head: on for "
                       "ViT, off for ResNet-50.")
                       .advanced()
                       .take());
}

/// Options that only some frameworks look at.
void addQueueAndPrototypes(Rows& rows, const std::string& group)
{
    using M = MethodConfig;
    rows.push_back(Row("method.queue_size", &T::method, &M::queueSize, group, "Queue size",
                       "Keys of earlier steps that are the negatives of MoCo v1 and v2.")
                       .range(1, 1 << 24)
                       .unit("keys")
                       .symbol("K")
                       .advanced()
                       .take());
    rows.push_back(Row("method.prototypes", &T::method, &M::prototypes, group, "Prototypes",
                       "Cluster centres of SwAV.")
                       .range(2, 1 << 20)
                       .advanced()
                       .take());
    rows.push_back(Row("method.sinkhorn_epsilon", &T::method, &M::sinkhornEpsilon, group,
                       "Sinkhorn smoothness", "Smoothness of SwAV's assignment to the prototypes.")
                       .range(1e-3, 10)
                       .symbol("ε")
                       .advanced()
                       .take());
    rows.push_back(Row("method.sinkhorn_iterations", &T::method, &M::sinkhornIterations, group,
                       "Sinkhorn iterations",
                       "Rounds in which SwAV's assignment is balanced over the prototypes.")
                       .range(1, 100)
                       .advanced()
                       .take());
    rows.push_back(Row("method.freeze_prototypes_epochs", &T::method, &M::freezePrototypesEpochs,
                       group, "Freeze prototypes", "SwAV's prototypes do not learn at first.")
                       .range(0, 1e6)
                       .unit("epochs")
                       .advanced()
                       .take());
}

} // namespace

void addMethod(Rows& rows)
{
    using M = MethodConfig;
    const std::string group = "Method";
    rows.push_back(Row("method.name", &T::method, &M::name, group, "Framework",
                       "The self-supervised framework.")
                       .choices({{"moco_v3", "MoCo v3"},
                                 {"simclr", "SimCLR"},
                                 {"byol", "BYOL"},
                                 {"swav", "SwAV"},
                                 {"moco_v1", "MoCo v1"},
                                 {"moco_v2", "MoCo v2"}})
                       .take());
    rows.push_back(
        Row("method.temperature", &T::method, &M::temperature, group, "Temperature",
            "Divides the logits of the loss (BYOL has none). MoCo v3: 0.2 for ViT, 1.0 for "
            "ResNet-50; SwAV: 0.1; MoCo v1: 0.07; MoCo v2: 0.2.")
            .range(1e-3, 100)
            .symbol("τ")
            .take());
    rows.push_back(
        Row("method.momentum", &T::method, &M::momentum, group, "Encoder momentum",
            "Share of its own weights that the momentum encoder of MoCo and BYOL keeps at "
            "each step.")
            .range(0, 1)
            .symbol("m")
            .take());
    rows.push_back(Row("method.momentum_schedule", &T::method, &M::momentumSchedule, group,
                       "Momentum schedule", "Cosine raises the momentum to 1 over the run.")
                       .choices({{"cosine", "cosine to 1"}, {"constant", "constant"}})
                       .take());
    addHeads(rows, group);
    addQueueAndPrototypes(rows, group);
}

} // namespace mocoscope::training::config_rows

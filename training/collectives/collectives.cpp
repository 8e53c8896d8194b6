// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/collectives/collectives.h"

namespace mocoscope::training {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

namespace {

struct CollectivesCapsule final : torch::CustomClassHolder
{
    explicit CollectivesCapsule(Collectives& collectives)
        : replicas(collectives)
    {
    }
    Collectives& replicas;
};

struct GatherRows : torch::autograd::Function<GatherRows>
{
    static Tensor forward(AutogradContext* context, const Tensor& rows, Collectives* replicas)
    {
        context->saved_data["replicas"] = toCapsule(*replicas);
        return replicas->allGather(rows);
    }

    static tensor_list backward(AutogradContext* context, const tensor_list& gradients)
    {
        Collectives& replicas = fromCapsule(context->saved_data["replicas"]);
        const Tensor sum = gradients[0].clone(torch::MemoryFormat::Contiguous);
        replicas.allReduceSum(sum);
        return {sum.chunk(replicas.worldSize())[static_cast<std::size_t>(replicas.rank())], {}};
    }
};

} // namespace

c10::IValue toCapsule(Collectives& replicas)
{
    return c10::IValue::make_capsule(c10::make_intrusive<CollectivesCapsule>(replicas));
}

Collectives& fromCapsule(const c10::IValue& capsule)
{
    return static_cast<CollectivesCapsule&>(*capsule.toCapsule()).replicas;
}

Tensor gatherRows(const Tensor& rows, Collectives* replicas)
{
    return replicas == nullptr ? rows.detach() : replicas->allGather(rows);
}

Tensor gatherRowsWithGradient(const Tensor& rows, Collectives* replicas)
{
    return replicas == nullptr ? rows : GatherRows::apply(rows, replicas);
}

} // namespace mocoscope::training

// SPDX-License-Identifier: GPL-3.0-or-later
// Replicas that are threads: sums, gathers, BN over all of them, averaged gradients, failures.
#include "replica_threads.h"
#include "training/collectives/collectives.h"
#include "training/engine/gradient_average.h"
#include "training/models/batch_norm.h"

#include <QTest>

#include <cmath>
#include <optional>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

/// The rows of one replica.
Tensor rowsOf(const Tensor& all, const Collectives& replicas)
{
    return all.chunk(replicas.worldSize())[static_cast<std::size_t>(replicas.rank())];
}

/// A lone replica that counts what is begun.
class CountingCollectives final : public Collectives
{
public:
    std::int64_t rank() const override { return 0; }
    std::int64_t worldSize() const override { return 1; }
    void allReduceSum(const Tensor&) override { }
    std::future<void> beginAllReduceSum(Tensor tensor) override
    {
        begun.push_back(tensor);
        std::promise<void> done;
        done.set_value();
        return done.get_future();
    }
    Tensor allGather(const Tensor& rows) override { return rows; }
    void broadcast(const std::vector<Tensor>&) override { }
    void barrier() override { }
    void abort() noexcept override { }

    std::vector<Tensor> begun;
};

struct Reference
{
    Tensor output, input, weight, bias; ///< gradients but for the output
    Tensor mean, variance;
};

template <typename Norm> Reference train(Norm& norm, const Tensor& x, const Tensor& gradient)
{
    const Tensor leaf = x.detach().clone().requires_grad_();
    const Tensor output = norm->forward(leaf);
    output.backward(gradient);
    return {output.detach(),
            leaf.grad(),
            norm->weight.defined() ? norm->weight.grad() : Tensor {},
            norm->weight.defined() ? norm->bias.grad() : Tensor {},
            norm->running_mean,
            norm->running_var};
}

void verifyClose(const Tensor& ours, const Tensor& expected, const char* what)
{
    QVERIFY2(torch::allclose(ours, expected, 1e-5, 2e-6), what);
}

/// BN over rows that are shared out, against LibTorch's over all rows.
template <typename Spanning, typename Norm>
void compareNorms(const Tensor& x, bool isAffine, std::int64_t count)
{
    const auto options = torch::nn::BatchNormOptions(x.size(1)).affine(isAffine);
    torch::manual_seed(5);
    const Tensor gradient = torch::randn_like(x);
    Norm whole(options);
    std::vector<Spanning> parts;
    for (std::int64_t i = 0; i < count; ++i) {
        parts.emplace_back(options);
    }
    if (isAffine) {
        const torch::NoGradGuard noGradient;
        whole->weight.uniform_(0.5, 2);
        whole->bias.normal_();
        for (Spanning& part : parts) {
            part->weight.copy_(whole->weight);
            part->bias.copy_(whole->bias);
        }
    }
    const Reference expected = train(whole, x, gradient);
    const auto replicas = makeThreadCollectives(count);
    std::vector<Reference> ours(parts.size());
    const auto thrown = onThreads(replicas, [&](Collectives& own) {
        const auto rank = static_cast<std::size_t>(own.rank());
        parts[rank]->span(&own);
        ours[rank] = train(parts[rank], rowsOf(x, own), rowsOf(gradient, own));
    });
    std::vector<Tensor> outputs, inputs;
    Tensor weight = torch::zeros({x.size(1)}), bias = torch::zeros({x.size(1)});
    for (std::size_t rank = 0; rank < parts.size(); ++rank) {
        QVERIFY(!thrown[rank]);
        outputs.push_back(ours[rank].output);
        inputs.push_back(ours[rank].input);
        verifyClose(ours[rank].mean, expected.mean, "running mean");
        verifyClose(ours[rank].variance, expected.variance, "running variance");
        QCOMPARE(parts[rank]->num_batches_tracked.template item<std::int64_t>(), 1);
        if (isAffine) {
            weight += ours[rank].weight;
            bias += ours[rank].bias;
        }
    }
    verifyClose(torch::cat(outputs), expected.output, "output");
    verifyClose(torch::cat(inputs), expected.input, "gradient of the input");
    if (isAffine) {
        verifyClose(weight, expected.weight, "gradient of the weight");
        verifyClose(bias, expected.bias, "gradient of the bias");
    }
}

} // namespace

class CollectivesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void sumsHaveTheSameBitsEverywhere()
    {
        const auto replicas = makeThreadCollectives(3);
        torch::manual_seed(1);
        const Tensor values = torch::randn({3, 7}) * 1e3; // 7: shares of different size
        std::vector<Tensor> sums(3), again(3);
        const auto thrown = onThreads(replicas, [&](Collectives& own) {
            const auto rank = static_cast<std::size_t>(own.rank());
            sums[rank] = values[own.rank()].clone();
            own.allReduceSum(sums[rank]);
            again[rank] = values[own.rank()].clone();
            auto background = own.beginAllReduceSum(again[rank]);
            own.barrier(); // another call in between
            background.get();
        });
        for (std::size_t rank = 0; rank < 3; ++rank) {
            QVERIFY(!thrown[rank]);
            QVERIFY(sums[rank].equal(values[0] + values[1] + values[2]));
            QVERIFY(again[rank].equal(sums[0]));
        }
    }

    void gathersInTheOrderOfRanksAndFollowsTheFirst()
    {
        const auto replicas = makeThreadCollectives(4);
        const Tensor values = torch::arange(24).view({8, 3});
        std::vector<Tensor> gathered(4), copies(4);
        const auto thrown = onThreads(replicas, [&](Collectives& own) {
            const auto rank = static_cast<std::size_t>(own.rank());
            gathered[rank] = own.allGather(rowsOf(values, own));
            copies[rank] = torch::full({2}, own.rank());
            own.broadcast({copies[rank]});
        });
        for (std::size_t rank = 0; rank < 4; ++rank) {
            QVERIFY(!thrown[rank]);
            QVERIFY(gathered[rank].equal(values));
            QVERIFY(copies[rank].equal(torch::zeros({2}, torch::kInt64)));
        }
    }

    /// Each replica's loss uses all rows, so each row gets gradients from all replicas.
    void gradientsFlowBackThroughAGather()
    {
        torch::manual_seed(2);
        const Tensor values = torch::randn({6, 4});
        const Tensor whole = values.clone().requires_grad_();
        at::mm(whole, whole.t()).pow(2).sum(1).mean().backward();
        const auto replicas = makeThreadCollectives(2);
        std::vector<Tensor> gradients(2);
        const auto thrown = onThreads(replicas, [&](Collectives& own) {
            const Tensor rows = rowsOf(values, own).clone().requires_grad_();
            const Tensor all = gatherRowsWithGradient(rows, &own);
            at::mm(rows, all.t()).pow(2).sum(1).mean().backward();
            gradients[static_cast<std::size_t>(own.rank())] = rows.grad();
        });
        QVERIFY(!thrown[0] && !thrown[1]);
        verifyClose(torch::cat(gradients) / 2, whole.grad(), "gradient");
    }

    void normalisesOverAllReplicas_data()
    {
        QTest::addColumn<bool>("isAffine");
        QTest::addColumn<int>("replicas");
        QTest::newRow("without weights, 2") << false << 2;
        QTest::newRow("with weights, 2") << true << 2;
        QTest::newRow("with weights, a row each") << true << 6;
    }
    void normalisesOverAllReplicas()
    {
        QFETCH(bool, isAffine);
        QFETCH(int, replicas);
        torch::manual_seed(3);
        compareNorms<SpanningNorm1d, torch::nn::BatchNorm1d>(torch::randn({6, 5}) * 3 + 2, isAffine,
                                                             replicas);
        compareNorms<SpanningNorm2d, torch::nn::BatchNorm2d>(torch::randn({6, 5, 3, 2}) - 1,
                                                             isAffine, replicas);
    }

    void evaluatesWithRunningStatisticsAlone()
    {
        auto replicas = makeThreadCollectives(2); // the other one never comes
        SpanningNorm1d norm(torch::nn::BatchNormOptions(3));
        norm->span(replicas[0].get());
        norm->eval();
        const Tensor x = torch::randn({4, 3});
        verifyClose(norm->forward(x), x / std::sqrt(1 + 1e-5), "output");
    }

    void averagesGradientsInBuckets_data()
    {
        QTest::addColumn<int>("bytes");
        QTest::addColumn<int>("buckets");
        QTest::newRow("one") << 1000000 << 1;
        QTest::newRow("one a parameter") << 1 << 3;
        QTest::newRow("the two of a layer together") << 80 << 2;
    }
    void averagesGradientsInBuckets()
    {
        QFETCH(int, bytes);
        QFETCH(int, buckets);
        torch::manual_seed(4);
        const Tensor x = torch::randn({4, 6}), w = torch::randn({3, 6}), b = torch::randn({3}),
                     v = torch::randn({1, 3});
        const auto forward = [](const Tensor& rows, const std::vector<Tensor>& parameters) {
            return at::linear(at::linear(rows, parameters[0], parameters[1]).tanh(), parameters[2])
                .pow(2)
                .mean();
        };
        const auto parametersOf = [&] {
            std::vector<Tensor> own;
            for (const Tensor& tensor : {w, b, v}) {
                own.push_back(tensor.clone().requires_grad_());
            }
            own.push_back(torch::ones({2}).requires_grad_()); // takes no part
            own.push_back(torch::ones({2})); // does not learn
            return own;
        };
        const std::vector<Tensor> whole = parametersOf();
        forward(x, whole).backward();
        const auto replicas = makeThreadCollectives(2);
        std::vector<std::vector<Tensor>> parts {parametersOf(), parametersOf()};
        const auto thrown = onThreads(replicas, [&](Collectives& own) {
            const auto& parameters = parts[static_cast<std::size_t>(own.rank())];
            GradientAverage average(parameters, own, bytes);
            for (int step = 0; step < 2; ++step) { // the second from a fresh start
                for (const Tensor& parameter : parameters) {
                    parameter.mutable_grad().reset();
                }
                average.setFinal(true);
                forward(rowsOf(x, own), parameters).backward();
                average.finish();
            }
        });
        QVERIFY(!thrown[0] && !thrown[1]);
        for (std::size_t i = 0; i < 3; ++i) {
            verifyClose(parts[0][i].grad(), whole[i].grad(), "averaged");
            QVERIFY(parts[0][i].grad().equal(parts[1][i].grad()));
        }
        QVERIFY(!parts[0][3].grad().defined());
        CountingCollectives lone;
        const std::vector<Tensor> used {whole[0], whole[1], whole[2]};
        QCOMPARE(static_cast<int>(GradientAverage(used, lone, bytes).buckets()), buckets);
    }

    /// The sum of the last layers begins while the first are still to come.
    void beginsDuringTheBackwardPass()
    {
        const Tensor first = torch::ones({2, 2}).requires_grad_();
        const Tensor last = torch::full({1, 2}, 3.0F).requires_grad_();
        CountingCollectives lone;
        GradientAverage average({first, last}, lone, 1);
        std::optional<std::size_t> begunBeforeFirst;
        const std::vector<Tensor>& begun = lone.begun;
        first.register_hook([&](const Tensor&) { begunBeforeFirst = begun.size(); });
        const auto pass = [&] {
            at::linear(at::linear(torch::ones({1, 2}), first), last).backward();
        };
        pass(); // more is to be added: nothing is summed
        QCOMPARE(lone.begun.size(), 0U);
        average.setFinal(true);
        pass();
        QVERIFY(begunBeforeFirst == 1U);
        QCOMPARE(lone.begun.size(), 2U);
        QVERIFY(lone.begun.front().equal(torch::full({2}, 4.0F))); // of both passes
        average.finish();
    }

    void aFailureReleasesTheOthers()
    {
        const auto replicas = makeThreadCollectives(3);
        const auto thrown = onThreads(replicas, [](Collectives& own) {
            Tensor sum = torch::ones({4});
            own.allReduceSum(sum);
            if (own.rank() == 1) {
                throw std::runtime_error("its own reason");
            }
            if (own.rank() == 0) {
                own.beginAllReduceSum(sum).get();
            } else {
                own.barrier();
            }
        });
        QVERIFY_THROWS_EXCEPTION(ReplicasReleased, std::rethrow_exception(thrown[0]));
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, std::rethrow_exception(thrown[1]));
        QVERIFY_THROWS_EXCEPTION(ReplicasReleased, std::rethrow_exception(thrown[2]));
        QVERIFY_THROWS_EXCEPTION(ReplicasReleased, replicas[1]->barrier()); // for good
    }
};

QTEST_GUILESS_MAIN(CollectivesTest)
#include "collectives_test.moc"

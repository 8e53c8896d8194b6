// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/features_view.h"

#include "ui/models/text_format.h"
#include "ui/pages/attention_grid.h"
#include "ui/pages/empty_state.h"
#include "ui/pages/features_bar.h"
#include "ui/pages/image_grid.h"
#include "ui/pages/projection_card.h"
#include "ui/pages/widgets.h"
#include "ui/plot/scatter_plot.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"
#include "ui/theme.h"

#include <QScrollArea>
#include <QSettings>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace mocoscope::ui {

using storage::PictureStep;
using training::PictureWork;

namespace {

QString workText(std::int64_t step, PictureWork work, std::int64_t done, std::int64_t total)
{
    const QString number = countText(step);
    if (total == 0) {
        return work == PictureWork::Tsne
            ? FeaturesView::tr("Step %1: t-SNE…").arg(number)
            : FeaturesView::tr("Step %1: opening the images…").arg(number);
    }
    const QString some = countText(done);
    const QString all = countText(total);
    return work == PictureWork::Tsne
        ? FeaturesView::tr("Step %1: t-SNE, %2 of %3 iterations").arg(number, some, all)
        : FeaturesView::tr("Step %1: %2 of %3 images").arg(number, some, all);
}

} // namespace

FeaturesView::FeaturesView(RunLibrary& library, const Session& session,
                           training::FeaturePictures& pictures, QWidget* parent)
    : QWidget(parent)
    , m_library(library)
    , m_session(session)
    , m_loader(new PictureLoader(library, pictures, this))
    , m_stack(new QStackedLayout(this))
    , m_bar(new FeaturesBar)
    , m_projection(new ProjectionCard)
{
    constexpr int gatherMs = 60;
    constexpr int refreshMs = 3000;
    m_gather.setInterval(gatherMs);
    m_refresh.setInterval(refreshMs);
    for (QTimer* timer : {&m_settle, &m_gather, &m_refresh}) {
        timer->setSingleShot(true);
    }
    m_stack->addWidget(new EmptyState(
        "diagnose", tr("No checkpoint"),
        tr("What the features see is made from a run's checkpoints. One is written when a run is "
           "paused, stopped or finished, and as often as checkpoint.every_minutes and "
           "checkpoint.every_epochs say; checkpoint.keep_last says how many are kept."),
        this));
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    auto* below = new QWidget(content);
    m_below = new QStackedLayout(below);
    m_below->addWidget(makeWaiting());
    m_below->addWidget(makeContent());
    column->addWidget(below, 1);
    m_stack->addWidget(content);
    m_stack->addWidget(new EmptyState(
        "diagnose", tr("No backbone of its own"),
        tr("A kNN evaluation and a linear probing train no backbone: choose the run that they "
           "evaluate."),
        this));
    connectParts();
}

FeaturesView::~FeaturesView() = default;

ScatterPlot& FeaturesView::plot()
{
    return m_projection->plot();
}

void FeaturesView::saveLayout(QSettings& settings) const
{
    const bool isTsne = m_projection->projection() == training::Projection::Tsne;
    settings.setValue("diagnose/projection", isTsne ? "tsne" : "pca");
}

void FeaturesView::restoreLayout(const QSettings& settings)
{
    const bool isTsne = settings.value("diagnose/projection").toString() == "tsne";
    m_projection->choose(isTsne ? training::Projection::Tsne : training::Projection::Pca);
}

QWidget* FeaturesView::makeWaiting()
{
    auto* waiting = new QWidget(this);
    auto* column = new QVBoxLayout(waiting);
    m_waiting = makeMutedLabel({});
    m_waiting->setAlignment(Qt::AlignCenter);
    m_compute = makePrimaryButton("start", tr("Compute"));
    column->addStretch(2);
    column->addWidget(m_waiting);
    column->addWidget(m_compute, 0, Qt::AlignCenter);
    column->addStretch(3);
    column->setContentsMargins(spacing(8), spacing(4), spacing(8), spacing(4));
    connect(m_compute, &QPushButton::clicked, this, [this] {
        m_mayCompute = true;
        computeShown();
    });
    return waiting;
}

QWidget* FeaturesView::makeContent()
{
    auto* left = new QSplitter(Qt::Vertical);
    left->addWidget(makeAttention());
    left->addWidget(makeNeighbours());
    left->setStretchFactor(0, 3);
    left->setStretchFactor(1, 2);
    left->setChildrenCollapsible(false);
    left->setSizes({340, 340}); // shares, too
    auto* both = new QSplitter(Qt::Horizontal);
    both->addWidget(left);
    both->addWidget(m_projection);
    both->setStretchFactor(0, 3);
    both->setStretchFactor(1, 2);
    both->setChildrenCollapsible(false);
    both->setSizes({600, 420}); // shares, not pixels: Qt spreads them over what there is
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(spacing(3), spacing(1), spacing(3), spacing(2));
    column->setSpacing(spacing(2));
    column->addWidget(makeImages());
    column->addWidget(both, 1);
    return content;
}

QWidget* FeaturesView::makeImages()
{
    auto* card = new Card(tr("Images"), this);
    m_drawAgain = makeButton("redraw", tr("Other images"));
    m_drawAgain->setToolTip(tr("Another draw from the sample; the same ones come each time"));
    card->addHeaderWidget(m_drawAgain);
    m_images = new ImageGrid(tr("Images to choose from"));
    card->content().addWidget(m_images);
    return card;
}

QWidget* FeaturesView::makeAttention()
{
    auto* card = new Card(tr("Attention of the class token"), this);
    auto* place = new QWidget;
    m_attentionStack = new QStackedLayout(place);
    m_attention = new AttentionGrid;
    m_noAttention = makeMutedLabel({});
    m_noAttention->setAlignment(Qt::AlignCenter);
    m_attentionStack->addWidget(m_attention);
    m_attentionStack->addWidget(m_noAttention);
    card->content().addWidget(place, 1);
    return card;
}

QWidget* FeaturesView::makeNeighbours()
{
    auto* card = new Card(tr("Nearest neighbours"), this);
    m_neighbourText = makeMutedLabel({});
    m_neighbours = new ImageGrid(tr("Nearest neighbours of the chosen image"));
    m_neighbourArea = new QScrollArea;
    m_neighbourArea->setWidget(m_neighbours);
    m_neighbourArea->setWidgetResizable(true);
    m_neighbourArea->setFrameShape(QFrame::NoFrame);
    m_neighbourArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_neighbourArea->setFocusPolicy(Qt::NoFocus);
    m_neighbourArea->viewport()->setBackgroundRole(QPalette::Base);
    m_neighbourArea->setMinimumHeight(spacing(22));
    card->content().addWidget(m_neighbourText);
    card->content().addWidget(m_neighbourArea, 1);
    return card;
}

void FeaturesView::connectParts()
{
    connect(m_bar, &FeaturesBar::stepChosen, this, [this](int index) {
        m_isScrubbing = true;
        selectStep(index);
    });
    connect(m_bar, &FeaturesBar::blockChosen, this, &FeaturesView::selectBlock);
    connect(m_bar, &FeaturesBar::allRequested, this, &FeaturesView::computeAll);
    connect(m_bar, &FeaturesBar::cancelRequested, this, [this] {
        m_mayCompute = false;
        m_settle.stop();
        m_loader->cancel();
    });
    connect(m_images, &ImageGrid::clicked, this, &FeaturesView::choose);
    connect(m_neighbours, &ImageGrid::clicked, this, &FeaturesView::choose);
    connect(&plot(), &DrawnPlot::itemClicked, this, &FeaturesView::choose);
    connect(m_projection, &ProjectionCard::projectionChosen, this, [this] {
        m_isScrubbing = false;
        m_loader->setTsne(m_projection->projection() == training::Projection::Tsne);
        if (m_shown) {
            showProjection();
        }
    });
    connect(m_projection, &ProjectionCard::computationRequested, this, [this] {
        m_mayCompute = true;
        computeShown();
    });
    connect(m_drawAgain, &QPushButton::clicked, this, [this] {
        ++m_draw;
        drawImages();
        choose(m_drawn.front());
    });
    connectLoader();
    connect(&m_settle, &QTimer::timeout, this, &FeaturesView::computeShown);
    connect(&m_gather, &QTimer::timeout, this, [this] {
        if (m_shown) {
            showNeighbours();
            showProjection();
        }
    });
    connect(&m_session, &Session::started, this, &FeaturesView::leaveGpu);
    connect(&m_refresh, &QTimer::timeout, this, &FeaturesView::readSteps);
    connect(&m_library, &RunLibrary::runsChanged, this, [this] {
        if (m_run && isVisible() && !m_refresh.isActive()) {
            m_refresh.start();
        }
    });
}

void FeaturesView::connectLoader()
{
    connect(m_loader, &PictureLoader::arrived, this, [this](std::int64_t step) {
        for (PictureStep& each : m_steps) {
            each.hasPicture = each.hasPicture || each.checkpoint.step == step;
        }
        const PictureStep* wanted = selected();
        const auto picture = m_loader->whole(step);
        if (wanted && wanted->checkpoint.step == step && picture) {
            showPicture(picture);
        } else if (m_shown && !m_gather.isActive()) {
            m_gather.start();
        }
    });
    connect(m_loader, &PictureLoader::missing, this, &FeaturesView::onMissing);
    connect(m_loader, &PictureLoader::ended, this, &FeaturesView::onEnded);
    connect(m_loader, &PictureLoader::progressed, this,
            [this](std::int64_t step, PictureWork work, std::int64_t done, std::int64_t total) {
                m_computedStep = step;
                m_bar->showProgress(workText(step, work, done, total), done, total);
            });
}

} // namespace mocoscope::ui

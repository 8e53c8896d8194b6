// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/projection_card.h"

#include "ui/models/curve_style.h"
#include "ui/models/text_format.h"
#include "ui/plot/export_dialog.h"
#include "ui/plot/scatter_plot.h"
#include "ui/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {

using training::FeaturePicture;
using training::PictureSample;
using training::Projection;

namespace {

using Points = std::vector<std::array<float, 2>>;

/// Null: it lacks that projection.
const Points* pointsOf(const FeaturePicture& picture, Projection projection)
{
    if (projection == Projection::Pca) {
        return &picture.points;
    }
    return picture.tsne ? &picture.tsne->points : nullptr;
}

/// The farthest point of all checkpoints.
double reachOf(const std::map<std::int64_t, PictureLoader::Picture>& pictures,
               Projection projection)
{
    float reach = 1e-3F;
    for (const auto& [step, picture] : pictures) {
        if (const Points* points = pointsOf(*picture, projection)) {
            for (const auto& [x, y] : *points) {
                reach = std::max({reach, std::abs(x), std::abs(y)});
            }
        }
    }
    return 1.06 * double(reach);
}

std::vector<ScatterGroup> groupsOf(const PictureSample& sample, const QString& unlabelled)
{
    const auto group = [](const QString& title, int index) {
        return ScatterGroup {title, [index](bool dark) {
                                 const CurveStyle look = curveStyle(index, dark);
                                 return SeriesStyle {look.colour, look.dash, 1.6};
                             }};
    };
    std::vector<ScatterGroup> groups;
    for (const std::string& name : sample.classNames) {
        groups.push_back(group(QString::fromStdString(name), static_cast<int>(groups.size())));
    }
    if (groups.empty()) {
        groups.push_back(group(unlabelled, 0));
    }
    return groups;
}

QString pcaText(const FeaturePicture& picture)
{
    return ProjectionCard::tr("The plane in which the features vary most (PCA of the normalised "
                              "features): %1 of their variance. Turned towards the first "
                              "checkpoint that was looked at.")
        .arg(percentText(100 * picture.planeShare));
}

QString tsneText(const FeaturePicture& picture)
{
    const training::TsnePlane& plane = *picture.tsne;
    const QString perplexity = QString::number(plane.perplexity, 'g', 3);
    QString text
        = ProjectionCard::tr("t-SNE of the normalised features: images that are alike lie "
                             "together. How far groups lie apart and how large they are means "
                             "nothing. Perplexity %1.")
              .arg(perplexity);
    if (plane.perplexity < training::TsnePlane::defaultPerplexity) {
        text += ProjectionCard::tr(" It is lower than usual, as there are few images.");
    }
    return text;
}

} // namespace

QString imageName(const PictureSample& sample, std::size_t image)
{
    const std::string label = sample.classOf(image);
    return QString::fromStdString(label.empty() ? sample.names[image] : label);
}

ProjectionCard::ProjectionCard(QWidget* parent)
    : Card(tr("All images of the sample"), parent)
    , m_choice(new QButtonGroup(this))
    , m_text(makeMutedLabel({}))
    , m_plot(new ScatterPlot)
    , m_waiting(makeMutedLabel({}))
    , m_compute(makePrimaryButton("start", tr("Compute")))
{
    auto* exporting = new QMenu;
    m_plot->setSquare(true);
    m_plot->setItemTitle(tr("Image"));
    addExportActions(*exporting, *m_plot, QStringLiteral("features"));
    addHeaderWidget(makeChoice());
    addHeaderWidget(makeMenuButton(tr("Export ▾"), tr("Export the projection"), exporting, this));
    auto* plane = new QWidget;
    auto* column = new QVBoxLayout(plane);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_text);
    column->addWidget(m_plot, 1);
    auto* place = new QWidget;
    m_stack = new QStackedLayout(place);
    m_stack->addWidget(plane);
    m_stack->addWidget(makeWaiting());
    content().addWidget(place, 1);
    connect(m_choice, &QButtonGroup::idToggled, this, [this](int, bool isChecked) {
        if (isChecked) {
            Q_EMIT projectionChosen();
        }
    });
    connect(m_compute, &QPushButton::clicked, this, &ProjectionCard::computationRequested);
}

QWidget* ProjectionCard::makeChoice()
{
    auto* row = new QWidget;
    row->setAccessibleName(tr("Projection"));
    auto* buttons = new QHBoxLayout(row);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(0);
    const std::tuple<Projection, QString, QString, QString> choices[]
        = {{Projection::Pca, QStringLiteral("PCA"), tr("Projection by PCA"),
            tr("The plane in which the features vary most. What lies far apart here is far apart; "
               "what lies together may still be apart in a direction that is not shown.")},
           {Projection::Tsne, QStringLiteral("t-SNE"), tr("Projection by t-SNE"),
            tr("Keeps neighbours together: images that lie together have features that are alike. "
               "Distances between groups, their sizes and how they are turned mean nothing.")}};
    for (const auto& [projection, text, name, toolTip] : choices) {
        // As rich text it is wrapped.
        QToolButton* button
            = makeBarButton(text, QStringLiteral("<qt>%1</qt>").arg(toolTip.toHtmlEscaped()), row);
        button->setAccessibleName(name);
        button->setAccessibleDescription(toolTip);
        button->setCheckable(true);
        button->setChecked(projection == Projection::Pca);
        m_choice->addButton(button, static_cast<int>(projection));
        buttons->addWidget(button);
    }
    return row;
}

QWidget* ProjectionCard::makeWaiting()
{
    auto* waiting = new QWidget;
    m_waiting->setAlignment(Qt::AlignCenter);
    auto* column = new QVBoxLayout(waiting);
    column->setContentsMargins(spacing(4), spacing(4), spacing(4), spacing(4));
    column->addStretch(2);
    column->addWidget(m_waiting);
    column->addWidget(m_compute, 0, Qt::AlignCenter);
    column->addStretch(3);
    return waiting;
}

Projection ProjectionCard::projection() const
{
    return static_cast<Projection>(m_choice->checkedId());
}

QAbstractButton& ProjectionCard::button(Projection projection) const
{
    return *m_choice->button(static_cast<int>(projection));
}

void ProjectionCard::choose(Projection projection)
{
    button(projection).setChecked(true);
}

void ProjectionCard::showPicture(const FeaturePicture& picture,
                                 const std::map<std::int64_t, PictureLoader::Picture>& all,
                                 const std::vector<QImage>& thumbnails, int selected)
{
    const Points* points = pointsOf(picture, projection());
    if (!points) {
        return;
    }
    const PictureSample& sample = *picture.sample;
    const bool isPca = projection() == Projection::Pca;
    const double reach = reachOf(all, projection());
    ValueAxis x;
    ValueAxis y;
    x.title = isPca ? tr("First direction") : tr("t-SNE, across");
    y.title = isPca ? tr("Second direction") : tr("t-SNE, up");
    x.range = y.range = {-reach, reach};
    std::vector<ScatterItem> items;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        x.values.push_back(double((*points)[i][0]));
        y.values.push_back(double((*points)[i][1]));
        const std::int64_t label = sample.labels[i];
        const bool isLabelled = label >= 0 && label < std::ssize(sample.classNames);
        items.push_back({imageName(sample, i), QString::fromStdString(sample.names[i]),
                         isLabelled ? static_cast<std::size_t>(label) : 0, thumbnails[i]});
    }
    m_plot->setItems(std::move(x), std::move(y), std::move(items),
                     groupsOf(sample, tr("unlabelled")));
    m_plot->setSelected(selected);
    const QString text = isPca ? pcaText(picture) : tsneText(picture);
    m_text->setText(sample.classNames.empty()
                        ? text + tr(" The images have no labels: all dots are alike.")
                        : text);
    m_stack->setCurrentIndex(0);
}

void ProjectionCard::wait(const QString& text, const QString& button)
{
    m_waiting->setText(text);
    m_compute->setText(button);
    m_compute->setVisible(!button.isEmpty());
    m_stack->setCurrentIndex(1);
}

QString ProjectionCard::waitingText() const
{
    return m_stack->currentIndex() == 1 ? m_waiting->text() : QString();
}

} // namespace mocoscope::ui

// SPDX-License-Identifier: MIT
#include "comparedialog.h"

#include "edit/conflictdialog.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "look/rowdelegate.h"
#include "look/theme.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTreeWidget>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

static constexpr int ShownDifferences = 10'000;

static QString title(const SessionRecord &record)
{
    return record.user.isEmpty() ? Format::shortKey(record.key)
                                 : u"%1 (%2)"_s.arg(Format::shortKey(record.key), Foreign::line(record.user));
}

CompareSessionsDialog::CompareSessionsDialog(const SessionRecord &left, const SessionRecord &right, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Compare two sessions"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(760, 460);
    auto *summary = Foreign::makeLabel();
    auto *only = new QCheckBox(tr("Show &only what differs"));
    auto *table = new QTreeWidget;
    table->setAccessibleName(tr("Attributes of both sessions"));
    const auto fill = [=] {
        const int different = fillComparison(table, {title(left), title(right)}, {left.data.toJson(), right.data.toJson()},
                                             only->isChecked());
        summary->setText(different ? tr("%Ln attributes differ.", nullptr, different) : tr("All attributes are equal."));
    };
    connect(only, &QCheckBox::toggled, table, fill);
    fill();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(summary);
    layout->addWidget(table);
    auto *foot = new QHBoxLayout;
    foot->addWidget(only);
    foot->addWidget(buttons);
    layout->addLayout(foot);
    buttons->button(QDialogButtonBox::Close)->setFocus();
}

CompareStoresDialog::CompareStoresDialog(const QList<Side> &sides, QWidget *parent) : QDialog(parent), m_sides(sides)
{
    setWindowTitle(tr("Compare stores and snapshots"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(860, 560);
    m_before = new QComboBox;
    m_before->setAccessibleName(tr("Before"));
    m_after = new QComboBox;
    m_after->setAccessibleName(tr("After"));
    for (const Side &side : sides) {
        m_before->addItem(side.name);
        m_after->addItem(side.name);
    }
    m_after->setCurrentIndex(sides.size() > 1 ? 1 : 0);
    m_start = new QPushButton(tr("&Compare"));
    m_progress = new QProgressBar;
    m_progress->setRange(0, 1000);
    m_progress->hide();
    m_summary = Foreign::makeLabel(tr("Choose two sides. What was active only, without another change, counts as equal."));
    m_list = makeList(tr("Differences"), {tr("Change"), tr("Key"), tr("User"), tr("What"), tr("Size")});
    m_list->setAlternatingRowColors(true);
    m_list->headerItem()->setTextAlignment(4, Qt::AlignRight | Qt::AlignVCenter);
    m_list->header()->setStretchLastSection(false);
    for (int column = 0; column < m_list->columnCount(); ++column)
        m_list->header()->setSectionResizeMode(column, column == 3 ? QHeaderView::Stretch : QHeaderView::Interactive);
    m_summary->setWordWrap(true);
    m_details = new QTreeWidget;
    m_details->setObjectName("details"_L1);
    m_details->hide(); // until there is something to show
    m_details->setAccessibleName(tr("Attributes before and after"));

    auto *top = new QHBoxLayout;
    top->addWidget(Foreign::makeLabel(tr("Before:")));
    top->addWidget(m_before, 1);
    top->addWidget(Foreign::makeLabel(tr("After:")));
    top->addWidget(m_after, 1);
    top->addWidget(m_start);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_list);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_summary);
    layout->addWidget(m_progress);
    layout->addWidget(splitter, 1);
    layout->addWidget(buttons);
    connect(m_start, &QPushButton::clicked, this, [this] { m_running ? void(m_stop.requestStop()) : compare(); });
    connect(m_list, &QTreeWidget::currentItemChanged, this, &CompareStoresDialog::showDetails);
}

CompareStoresDialog::~CompareStoresDialog()
{
    m_stop.requestStop();
}

void CompareStoresDialog::chooseSides(int before, int after)
{
    m_before->setCurrentIndex(before);
    m_after->setCurrentIndex(after);
}

void CompareStoresDialog::compare()
{
    m_list->clear();
    m_details->clear();
    m_details->hide();
    m_differences.clear();
    m_appeared.clear();
    m_vanished.clear();
    m_grown = 0;
    m_compared = {m_before->currentText(), m_after->currentText()};
    m_running = true;
    m_stop = {};
    m_start->setText(tr("&Stop"));
    m_progress->show();
    const QPointer<CompareStoresDialog> self(this);
    SnapshotControl control{.progress =
                                [self](const SnapshotProgress &progress) {
                                    if (self)
                                        self->m_progress->setValue(int(progress.fraction * 1000));
                                },
                            .stop = m_stop.token()};
    diffStores(
        m_sides[m_before->currentIndex()].store, m_sides[m_after->currentIndex()].store,
        [self](const SessionDifference &difference) {
            if (self)
                self->add(difference);
        },
        control)
        .then(this, [this](const Result<DiffSummary> &result) { finish(result); });
}

void CompareStoresDialog::add(const SessionDifference &difference)
{
    const qint64 grown = (difference.after ? difference.after->size : 0) - (difference.before ? difference.before->size : 0);
    if (difference.kind() == SessionDifference::Changed) {
        for (const QString &name : difference.addedAttributes())
            ++m_appeared[name];
        for (const QString &name : difference.removedAttributes())
            ++m_vanished[name];
        m_grown += grown;
    }
    if (m_differences.size() >= ShownDifferences)
        return;
    const int index = int(m_differences.size());
    m_differences << difference;
    QStringList what;
    if (difference.kind() == SessionDifference::Changed) {
        for (const QString &name : difference.addedAttributes())
            what << u"+"_s + name;
        for (const QString &name : difference.removedAttributes())
            what << u"−"_s + name;
        what += difference.changedAttributes();
        what += difference.fields();
    } else { // all of them have come or gone: their names would hide what matters
        what << tr("%Ln attributes", nullptr, int(difference.record().attributeCount));
    }
    const QString kind = difference.kind() == SessionDifference::Added   ? tr("added")
                       : difference.kind() == SessionDifference::Removed ? tr("removed")
                                                                         : tr("changed");
    auto *item = new QTreeWidgetItem(m_list, {kind, Format::shortKey(difference.record().key),
                                              Foreign::cell(difference.record().user, 200), what.join(u", "_s),
                                              (grown > 0 ? u"+"_s : QString())
                                                  + (grown < 0 ? u"−"_s + Format::bytes(-grown) : Format::bytes(grown))});
    item->setData(0, Qt::UserRole, index);
    item->setTextAlignment(4, Qt::AlignRight | Qt::AlignVCenter);
    item->setToolTip(3, Foreign::toolTip(item->text(3)));
}

/// "coupon (214), theme (31)": those of most sessions first.
static QString mostFrequent(const QMap<QString, int> &counts)
{
    QStringList names = counts.keys();
    std::ranges::stable_sort(names, std::ranges::greater(), [&counts](const QString &name) { return counts.value(name); });
    QStringList texts;
    for (const QString &name : names.first(std::min<qsizetype>(6, names.size())))
        texts << u"%1 (%2)"_s.arg(Foreign::line(name, 40), Format::number(counts.value(name)));
    return texts.join(u", "_s) + (names.size() > texts.size() ? u", …"_s : QString());
}

void CompareStoresDialog::finish(const Result<DiffSummary> &result)
{
    m_running = false;
    m_start->setText(tr("&Compare"));
    m_progress->hide();
    if (!result) {
        m_summary->setText(Format::error(result.error()));
        return;
    }
    QString text = tr("%1, %2, %3.", "2 added, 1 removed, 5 changed.")
                       .arg(tr("%Ln added", nullptr, int(result->added)), tr("%Ln removed", nullptr, int(result->removed)),
                            tr("%Ln changed", nullptr, int(result->changed)));
    if (result->canceled)
        text += u' ' + tr("Stopped before the end.");
    if (m_differences.size() == ShownDifferences)
        text += u' ' + tr("The first %1 are shown.").arg(Format::number(ShownDifferences));
    QStringList both;
    if (!m_appeared.isEmpty())
        both << tr("new attributes %1").arg(mostFrequent(m_appeared));
    if (!m_vanished.isEmpty())
        both << tr("vanished attributes %1").arg(mostFrequent(m_vanished));
    if (m_grown)
        both << (m_grown > 0 ? tr("%1 more") : tr("%1 less")).arg(Format::bytes(std::abs(m_grown)));
    if (!both.isEmpty())
        text += u'\n' + tr("In sessions that both sides have: %1.").arg(both.join(u"; "_s));
    m_summary->setText(text);
    for (const int column : {0, 1, 2, 4})
        m_list->resizeColumnToContents(column);
    m_list->setCurrentItem(m_list->topLevelItem(0));
}

void CompareStoresDialog::showDetails()
{
    const QTreeWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    m_details->show();
    const SessionDifference &difference = m_differences[item->data(0, Qt::UserRole).toInt()];
    fillComparison(m_details, {m_compared.value(0), m_compared.value(1)},
                   {difference.before ? difference.before->data.toJson() : QJsonObject(),
                    difference.after ? difference.after->data.toJson() : QJsonObject()},
                   false);
}

} // namespace Sojourn::Inspector

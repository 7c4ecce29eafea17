// SPDX-License-Identifier: MIT
#include "conflictdialog.h"

#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

#include <limits>
#include <set>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

namespace {

/// Fills a table of values that stand side by side, those inside lists and objects below them where they differ.
class Comparison
{
public:
    Comparison(QTreeWidget *table, qsizetype sides, bool onlyDifferences)
        : m_table(table), m_sides(sides), m_onlyDifferences(onlyDifferences)
    {
        m_none.fill(Qt::transparent);
        m_bold = table->font();
        m_bold.setBold(true);
        m_mark = Theme::colour(Theme::Colour::Accent);
        m_mark.setAlphaF(0.16f);
    }

    /// Whether the values differ.
    bool add(QTreeWidgetItem *parent, const QString &name, const QList<QJsonValue> &values, bool secret)
    {
        const bool differs = std::ranges::any_of(values, [&](const QJsonValue &value) { return value != values.first(); });
        if (!differs && (parent || m_onlyDifferences))
            return false;
        secret = secret || Format::looksSecret(name);
        auto *item = parent ? new QTreeWidgetItem(parent, {name}) : new QTreeWidgetItem(m_table, {name});
        item->setIcon(0, differs ? Theme::icon(u"differs"_s)
                                 : QIcon(m_none)); // names stand below each other, with a mark and without
        for (qsizetype i = 0; i < m_sides; ++i) {
            const int column = int(i) + 1;
            const QJsonValue shown = values[i].isUndefined() ? values[i] : Format::masked(values[i], secret);
            item->setText(column, shown.isUndefined() ? u"—"_s : shown == Format::Mask ? Format::Mask : Format::json(shown));
            if (!shown.isUndefined())
                item->setToolTip(column, Foreign::toolTip(QString::fromUtf8(encodeJson(shown))));
            if (values[i] != values.first())
                item->setBackground(column, m_mark);
        }
        if (!differs)
            return false;
        item->setData(0, Qt::AccessibleTextRole, QCoreApplication::translate("Comparison", "%1, differs").arg(name));
        for (int column = 0; column <= m_sides; ++column)
            item->setFont(column, m_bold);
        if (std::ranges::count_if(values, [](const QJsonValue &value) { return value.isObject() || value.isArray(); }) > 1)
            addInside(item, values, secret);
        return true;
    }

    void addInside(QTreeWidgetItem *parent, const QList<QJsonValue> &values, bool secret)
    {
        QList<QJsonValue> inside(m_sides, QJsonValue(QJsonValue::Undefined));
        std::set<QString> names;
        qsizetype length = 0;
        for (const QJsonValue &value : values) {
            const QStringList own = value.toObject().keys();
            names.insert(own.begin(), own.end());
            length = std::max(length, value.toArray().size());
        }
        for (qsizetype i = 0; i < std::min<qsizetype>(length, MostElements); ++i) {
            for (qsizetype side = 0; side < m_sides; ++side)
                inside[side] = i < values[side].toArray().size() ? values[side][i] : QJsonValue(QJsonValue::Undefined);
            add(parent, QString::number(i), inside, secret);
        }
        for (const QString &name : names) {
            for (qsizetype side = 0; side < m_sides; ++side)
                inside[side] = values[side].toObject().value(name);
            add(parent, name, inside, secret);
        }
        parent->setExpanded(true);
    }

private:
    static constexpr qsizetype MostElements = 1000;

    QTreeWidget *m_table;
    qsizetype m_sides;
    bool m_onlyDifferences;
    QPixmap m_none{16, 16};
    QFont m_bold;
    QColor m_mark;
};

} // namespace

int fillComparison(QTreeWidget *table, const QStringList &titles, const QList<QJsonObject> &sides, bool onlyDifferences)
{
    table->clear();
    table->setColumnCount(int(titles.size()) + 1);
    table->setHeaderLabels(QStringList(QCoreApplication::translate("Comparison", "Attribute")) + titles);
    table->setAlternatingRowColors(true);
    table->setUniformRowHeights(true);
    std::set<QString> names;
    for (const QJsonObject &side : sides) {
        for (auto it = side.begin(); it != side.end(); ++it)
            names.insert(it.key());
    }
    Comparison comparison(table, sides.size(), onlyDifferences);
    int different = 0;
    for (const QString &name : names) {
        QList<QJsonValue> values;
        for (const QJsonObject &side : sides)
            values << side.value(name);
        different += comparison.add(nullptr, name, values, false);
    }
    for (int i = 0; i <= titles.size(); ++i)
        table->header()->setSectionResizeMode(i, QHeaderView::Stretch);
    return different;
}

ConflictDialog::ConflictDialog(const Conflict &conflict, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Changed meanwhile"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(760, 420);

    QLabel *title = Foreign::makeTitle(conflict.text);
    QLabel *text =
        Foreign::makeLabel(tr("Somebody changed this session after you looked at it (version %1 now). Nothing was written yet.")
                               .arg(Format::number(qint64(conflict.theirs.version))));
    text->setWordWrap(true);

    SessionRecord mine = conflict.theirs;
    SessionChange change = conflict.edit.change;
    change.expectedVersion.reset();
    (void)change.applyTo(mine, mine.lastSeenAt, std::numeric_limits<qsizetype>::max()); // the store says what is too large for it
    const QJsonObject theirs = conflict.theirs.data.toJson();
    const QJsonObject before = conflict.seen ? conflict.seen->data.toJson() : theirs;
    QJsonObject yours = conflict.edit.kind == Edit::Remove ? QJsonObject() : mine.data.toJson();

    auto *table = new QTreeWidget;
    table->setAccessibleName(tr("Before, now and yours"));
    if (conflict.seen)
        fillComparison(table, {tr("As you saw it"), tr("As it is now"), tr("As you want it")}, {before, theirs, yours}, false);
    else
        fillComparison(table, {tr("As it is now"), tr("As you want it")}, {theirs, yours}, false);

    auto *deadline = Foreign::makeLabel();
    if (conflict.edit.change.expiry)
        deadline->setText(tr("You want it to end %1; it ends %2 now.")
                              .arg(Format::expiry(*conflict.edit.change.expiry), Format::exact(conflict.theirs.expiresAt)));
    deadline->setVisible(!deadline->text().isEmpty());

    auto *buttons = new QDialogButtonBox;
    QPushButton *keep = buttons->addButton(tr("&Keep theirs"), QDialogButtonBox::AcceptRole);
    QPushButton *write = buttons->addButton(conflict.edit.kind == Edit::Remove ? tr("&Delete it anyway")
                                                                               : tr("&Write mine over it"),
                                            QDialogButtonBox::DestructiveRole);
    QPushButton *again = buttons->addButton(tr("&Edit again"), QDialogButtonBox::ActionRole);
    again->setVisible(conflict.done != nullptr); // it was typed somewhere
    keep->setDefault(true);
    keep->setObjectName("keepTheirs"_L1);
    write->setObjectName("writeMine"_L1);
    again->setObjectName("editAgain"_L1);
    // Escape decides nothing: what was typed is there again, and a step can be tried again.
    if (conflict.done)
        connect(this, &QDialog::rejected, this, &ConflictDialog::editAgain);
    connect(keep, &QPushButton::clicked, this, [this] {
        Q_EMIT keepTheirs();
        done(Accepted);
    });
    connect(write, &QPushButton::clicked, this, [this] {
        Q_EMIT writeMine();
        done(Accepted);
    });
    connect(again, &QPushButton::clicked, this, [this] {
        Q_EMIT editAgain();
        done(Accepted);
    });

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(title);
    layout->addWidget(text);
    layout->addWidget(table);
    layout->addWidget(deadline);
    layout->addWidget(buttons);
    keep->setFocus();
}

} // namespace Sojourn::Inspector

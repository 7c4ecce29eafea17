// SPDX-License-Identifier: MIT
#include "conflictdialog.h"

#include "format.h"
#include "theme.h"

#include <QtCore/QCoreApplication>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

#include <set>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

int fillComparison(QTreeWidget *table, const QStringList &titles, const QList<QJsonObject> &sides, bool onlyDifferences)
{
    table->clear();
    table->setColumnCount(int(titles.size()) + 1);
    table->setHeaderLabels(QStringList(QCoreApplication::translate("Comparison", "Attribute")) + titles);
    table->setRootIsDecorated(false);
    table->setAlternatingRowColors(true);
    table->setUniformRowHeights(true);
    std::set<QString> names;
    for (const QJsonObject &side : sides) {
        for (auto it = side.begin(); it != side.end(); ++it)
            names.insert(it.key());
    }
    int different = 0;
    QPixmap none(16, 16); // names stand below each other, with a mark and without
    none.fill(Qt::transparent);
    for (const QString &name : names) {
        const QJsonValue first = sides.first().value(name);
        const bool differs = std::ranges::any_of(sides, [&](const QJsonObject &side) { return side.value(name) != first; });
        different += differs;
        if (onlyDifferences && !differs)
            continue;
        auto *item = new QTreeWidgetItem(table, {name});
        item->setIcon(0, differs ? Theme::icon(u"differs"_s) : QIcon(none));
        const bool secret = Format::looksSecret(name);
        for (int i = 0; i < sides.size(); ++i) {
            const QJsonValue value = sides[i].value(name);
            item->setText(i + 1, value.isUndefined() ? u"—"_s : secret ? u"••••••••"_s : Format::json(value));
            if (!secret && !value.isUndefined())
                item->setToolTip(i + 1, QString::fromUtf8(encodeJson(value)).left(2000));
        }
        if (differs) {
            item->setData(0, Qt::AccessibleTextRole, QCoreApplication::translate("Comparison", "%1, differs").arg(name));
            for (int i = 0; i <= sides.size(); ++i) {
                QFont font = table->font();
                font.setBold(true);
                item->setFont(i, font);
            }
        }
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

    auto *text = new QLabel(tr("<b>%1</b><br>Somebody changed this session after you looked at it (version %2 now). Nothing was written yet.")
                                .arg(conflict.text.toHtmlEscaped(), Format::number(qint64(conflict.theirs.version))));
    text->setWordWrap(true);

    SessionRecord mine = conflict.theirs;
    SessionChange change = conflict.edit.change;
    change.expectedVersion.reset();
    (void)change.applyTo(mine, mine.lastSeenAt, SessionStore::DefaultSizeLimit);
    const QJsonObject theirs = conflict.theirs.data.toJson();
    const QJsonObject before = conflict.seen ? conflict.seen->data.toJson() : theirs;
    QJsonObject yours = conflict.edit.kind == Edit::Remove ? QJsonObject() : mine.data.toJson();

    auto *table = new QTreeWidget;
    table->setAccessibleName(tr("Before, now and yours"));
    if (conflict.seen)
        fillComparison(table, {tr("As you saw it"), tr("As it is now"), tr("As you want it")}, {before, theirs, yours}, false);
    else
        fillComparison(table, {tr("As it is now"), tr("As you want it")}, {theirs, yours}, false);

    auto *deadline = new QLabel;
    if (conflict.edit.change.expiry)
        deadline->setText(tr("You want it to end %1; it ends %2 now.")
                              .arg(Format::expiry(*conflict.edit.change.expiry), Format::exact(conflict.theirs.expiresAt)));
    deadline->setVisible(!deadline->text().isEmpty());

    auto *buttons = new QDialogButtonBox;
    QPushButton *keep = buttons->addButton(tr("&Keep theirs"), QDialogButtonBox::RejectRole);
    QPushButton *write = buttons->addButton(conflict.edit.kind == Edit::Remove ? tr("&Delete it anyway") : tr("&Write mine over it"),
                                            QDialogButtonBox::DestructiveRole);
    QPushButton *again = buttons->addButton(tr("&Edit again"), QDialogButtonBox::ActionRole);
    keep->setDefault(true);
    keep->setObjectName("keepTheirs"_L1);
    write->setObjectName("writeMine"_L1);
    again->setObjectName("editAgain"_L1);
    connect(this, &QDialog::rejected, this, &ConflictDialog::keepTheirs);
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(write, &QPushButton::clicked, this, [this] {
        Q_EMIT writeMine();
        done(Accepted);
    });
    connect(again, &QPushButton::clicked, this, [this] {
        Q_EMIT editAgain();
        done(Accepted);
    });

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addWidget(table);
    layout->addWidget(deadline);
    layout->addWidget(buttons);
    keep->setFocus();
}

} // namespace Sojourn::Inspector

// SPDX-License-Identifier: MIT
#include "importdialog.h"

#include "edit/storeactions.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "look/rowdelegate.h"
#include "look/theme.h"
#include "store/openstore.h"

#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

void ImportPreview::add(const ImportCandidate &candidate)
{
    if (sessions.size() < Listed)
        sessions.append({candidate.record, candidate.isExpired, candidate.present});
}

static QString fate(const ImportPreview::Session &session)
{
    if (session.isExpired)
        return ImportDialog::tr("expired, left out");
    if (!session.present)
        return ImportDialog::tr("new");
    const auto key = [](const SessionInfo &info) { return std::pair(info.version, info.lastSeenAt); };
    return key(*session.present) > key(session.info) ? ImportDialog::tr("in the store, newer there")
         : key(*session.present) < key(session.info) ? ImportDialog::tr("in the store, older there")
                                                     : ImportDialog::tr("in the store, the same");
}

ImportDialog::ImportDialog(const QString &file, const OpenStore &store, ImportPreview preview, QWidget *parent) : QDialog(parent)
{
    const TimePoint now = store.reader()->now();
    setObjectName("importPreview"_L1);
    setWindowTitle(tr("Import snapshot"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(760, 460);
    const ImportSummary &summary = preview.summary;
    const auto line = [](int count, const char *text) { return count > 0 ? tr(text, nullptr, count) : QString(); };
    QStringList lines = {line(int(summary.imported), QT_TR_N_NOOP("%Ln sessions are new.")),
                         line(int(summary.conflicts), QT_TR_N_NOOP("%Ln sessions are in the store already.")),
                         line(int(summary.expired), QT_TR_N_NOOP("%Ln sessions have expired and are left out."))};
    lines.removeAll(QString());
    if (lines.isEmpty())
        lines << tr("The snapshot has no session.");
    else
        lines << tr("An import cannot be undone.");
    QLabel *title = Foreign::makeTitle(tr("Import %1 into %2?").arg(Foreign::line(file), Foreign::line(store.name())));
    QLabel *question = Foreign::makeLabel(lines.join(u' '));
    question->setWordWrap(true);

    auto *list = makeList(tr("Sessions of the snapshot"),
                          {tr("Key"), tr("User"), tr("Created"), tr("Last seen"), tr("Size"), tr("What would happen")});
    list->setAlternatingRowColors(true);
    list->headerItem()->setTextAlignment(4, Qt::AlignRight | Qt::AlignVCenter);
    QList<QTreeWidgetItem *> items;
    for (const ImportPreview::Session &session : preview.sessions) {
        const SessionInfo &info = session.info;
        auto *item = new QTreeWidgetItem({Format::shortKey(info.key), Foreign::cell(info.user, 200),
                                          Format::when(info.createdAt, now), Format::when(info.lastSeenAt, now),
                                          Format::bytes(info.size), fate(session)});
        item->setToolTip(2, Format::bothZones(info.createdAt));
        item->setToolTip(3, Format::bothZones(info.lastSeenAt));
        item->setToolTip(0, info.key.toString());
        item->setTextAlignment(4, Qt::AlignRight | Qt::AlignVCenter);
        if (session.isExpired || session.present)
            item->setForeground(5, Theme::colour(session.isExpired ? Theme::Colour::Muted : Theme::Colour::Warning));
        items << item;
    }
    list->addTopLevelItems(items);
    for (int column = 0; column < 5; ++column)
        list->resizeColumnToContents(column);
    auto *rest =
        Foreign::makeLabel(tr("The first %1 sessions of the file are listed.").arg(Format::number(ImportPreview::Listed)));
    rest->setVisible(summary.imported + summary.conflicts + summary.expired > preview.sessions.size());

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(title);
    layout->addWidget(question);
    layout->addWidget(list, 1);
    layout->addWidget(rest);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    const auto choice = [this, buttons](const QString &text, ImportOptions::OnConflict policy) {
        QPushButton *button = buttons->addButton(text, QDialogButtonBox::AcceptRole);
        connect(button, &QPushButton::clicked, this, [this, policy] { Q_EMIT importWanted(policy); });
        return button;
    };
    QList<QPushButton *> choices = {choice(tr("&Import %Ln new sessions", nullptr, int(summary.imported)), ImportOptions::Skip)};
    choices.first()->setEnabled(summary.imported > 0);
    if (summary.conflicts > 0)
        choices << choice(tr("Import &all, replacing %Ln", nullptr, int(summary.conflicts)), ImportOptions::Overwrite);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setFocus(); // Return must not do it unread
    if (store.isProduction())
        StoreActions::askName(layout, store.name(), choices);
    layout->addWidget(buttons);
}

} // namespace Sojourn::Inspector

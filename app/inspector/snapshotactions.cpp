// SPDX-License-Identifier: MIT
#include "snapshotactions.h"

#include "format.h"
#include "sessionview.h"
#include "storetab.h"

#include <Sojourn/SnapshotStore>

#include <QtCore/QFileInfo>
#include <QtCore/QPointer>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QProgressDialog>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

/// A dialog that says how far long work is and can stop it. It goes with the last one who holds this.
struct SnapshotActions::Progress
{
    ~Progress()
    {
        if (dialog)
            dialog->deleteLater();
    }

    SnapshotControl control() const
    {
        return {.progress = [dialog = dialog](const SnapshotProgress &progress) {
                    if (dialog)
                        dialog->setValue(int(progress.fraction * 1000));
                },
                .stop = stop.get_token()};
    }

    QPointer<QProgressDialog> dialog;
    std::stop_source stop;
};

SnapshotActions::SnapshotActions(Desk *desk, QWidget *window) : QObject(window), m_desk(desk), m_window(window)
{
}

std::shared_ptr<SnapshotActions::Progress> SnapshotActions::showProgress(const QString &text)
{
    auto progress = std::make_shared<Progress>();
    auto *dialog = new QProgressDialog(text, tr("Stop"), 0, 1000, m_window);
    dialog->setMinimumDuration(400);
    dialog->setAutoClose(false);
    dialog->setAutoReset(false);
    dialog->setValue(0);
    connect(dialog, &QProgressDialog::canceled, this, [stop = progress->stop]() mutable { stop.request_stop(); });
    progress->dialog = dialog;
    return progress;
}

static QString snapshotNames()
{
    return SnapshotActions::tr("Snapshots (*.json *.jsonl *.json.gz *.jsonl.gz)");
}

void SnapshotActions::choose()
{
    auto *dialog = new QFileDialog(m_window, tr("Open snapshot"), {}, snapshotNames());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) { Q_EMIT openWanted(Connection::forUrl(file)); });
    dialog->open();
}

void SnapshotActions::open(const Connection &connection)
{
    const auto progress = showProgress(tr("Opening %1…").arg(connection.name));
    openSnapshot(connection.url, progress->control()).then(this, [this, connection, progress](const Result<std::shared_ptr<SessionStore>> &store) {
        if (!store) {
            m_desk->log.failed(connection.name, tr("Open"), store.error());
            Q_EMIT openFailed(store.error());
            return;
        }
        m_desk->book.addSnapshot(QFileInfo(connection.url).absoluteFilePath());
        m_desk->log.done(connection.name, tr("Open"));
        Q_EMIT opened(connection, *store);
    });
}

QString SnapshotActions::exportObstacle(StoreTab &tab)
{
    const SessionModel &model = tab.model();
    switch (model.filter().state) {
    case SessionFilter::Ended: return tr("Sessions that have ended have left the store: there is nothing to export.");
    case SessionFilter::Quarantined: return tr("Sessions that are set aside cannot be read, and so not be exported.");
    default: break;
    }
    if (model.isSearching())
        return tr("The search is not finished: wait for it, or stop it to export what was found.");
    return model.shown() == 0 ? tr("No session is shown.") : QString();
}

void SnapshotActions::failed(StoreTab *tab, const QString &action, const Error &error)
{
    m_desk->log.failed(tab->store().name(), action, error);
    tab->showMessage(tr("%1: %2").arg(action, Format::error(error)), true);
}

void SnapshotActions::exportSessions(StoreTab *tab, bool selectedOnly)
{
    auto *dialog = new QFileDialog(m_window, selectedOnly ? tr("Export the selected sessions") : tr("Export the sessions that are shown"),
                                   u"%1-%2.json"_s.arg(tab->store().name(), QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmm"_s)),
                                   tr("JSON (*.json);;JSON lines (*.jsonl);;Packed JSON (*.json.gz);;Packed JSON lines (*.jsonl.gz)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, tab, [this, self = QPointer(this), tab, selectedOnly](const QString &file) {
        if (!self)
            return;
        ExportOptions options;
        options.format = snapshotFormatOf(file);
        options.storeUrl = tab->store().connection().url;
        if (selectedOnly) {
            for (const SessionInfo &session : tab->view().selectedSessions())
                options.keys << session.key;
        } else if (tab->model().filter().needsSearch()) {
            options.keys = tab->model().loadedKeys();
        } else {
            options.user = tab->model().query().user;
            options.keyPrefix = tab->model().query().keyPrefix;
        }
        const auto progress = showProgress(tr("Exporting sessions of %1…").arg(tab->store().name()));
        exportToFile(tab->store().reader(), file, options, progress->control())
            .then(tab, [this, self, tab, file, progress](const Result<ExportSummary> &result) {
                const QString action = tr("Export to %1").arg(QFileInfo(file).fileName());
                if (!self)
                    return;
                if (!result) {
                    failed(tab, action, result.error());
                } else if (!result->canceled) {
                    const QString outcome = tr("%n sessions", nullptr, int(result->sessions));
                    m_desk->log.done(tab->store().name(), action, outcome);
                    tab->showMessage(tr("%1: %2").arg(action, outcome), false);
                    m_desk->book.addSnapshot(QFileInfo(file).absoluteFilePath());
                }
            });
    });
    dialog->open();
}

void SnapshotActions::read(StoreTab *tab, const QString &file, const ImportOptions &options, std::function<void(const ImportSummary &)> then)
{
    const QString name = QFileInfo(file).fileName();
    const auto progress = showProgress(options.dryRun ? tr("Reading %1…").arg(name) : tr("Importing %1…").arg(name));
    importSessions(tab->store().writer(), file, options, progress->control())
        .then(tab, [this, self = QPointer(this), tab, name, then, progress](const Result<ImportSummary> &result) {
            if (!self)
                return;
            if (!result)
                failed(tab, tr("Import of %1").arg(name), result.error());
            else if (!result->canceled)
                then(*result);
        });
}

void SnapshotActions::importInto(StoreTab *tab)
{
    auto *dialog = new QFileDialog(m_window, tr("Import snapshot into %1").arg(tab->store().name()), {}, snapshotNames());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, tab, [this, self = QPointer(this), tab](const QString &file) {
        if (!self)
            return;
        read(tab, file, {.onConflict = ImportOptions::Skip, .dryRun = true},
             [this, tab, file](const ImportSummary &preview) { askHowToImport(tab, file, preview); });
    });
    dialog->open();
}

void SnapshotActions::askHowToImport(StoreTab *tab, const QString &file, const ImportSummary &preview)
{
    const QString name = QFileInfo(file).fileName();
    auto *box = new QMessageBox(QMessageBox::Question, tr("Import snapshot"),
                                tr("<b>Import %1 into %2?</b>").arg(name.toHtmlEscaped(), tab->store().name().toHtmlEscaped()),
                                QMessageBox::Cancel, m_window);
    box->setObjectName("importPreview"_L1);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("%1 sessions are new, %2 are in the store already, %3 have expired and are left out.")
                                .arg(Format::number(preview.imported), Format::number(preview.conflicts), Format::number(preview.expired)));
    const auto choice = [&](const QString &text, ImportOptions::OnConflict policy) {
        QPushButton *button = box->addButton(text, QMessageBox::AcceptRole);
        connect(button, &QPushButton::clicked, tab, [this, self = QPointer(this), tab, file, name, policy] {
            if (!self)
                return;
            read(tab, file, {.onConflict = policy, .dryRun = false}, [this, tab, name](const ImportSummary &done) {
                const QString outcome = tr("%n sessions", nullptr, int(done.imported));
                m_desk->log.done(tab->store().name(), tr("Import of %1").arg(name), outcome);
                tab->showMessage(tr("%1: %2").arg(tr("Import of %1").arg(name), outcome), false);
                tab->refresh();
            });
        });
        return button;
    };
    choice(tr("Import the %n new", nullptr, int(preview.imported)), ImportOptions::Skip)->setEnabled(preview.imported > 0);
    if (preview.conflicts > 0)
        choice(tr("Import all, replacing %n", nullptr, int(preview.conflicts)), ImportOptions::Overwrite);
    QPushButton *look = box->addButton(tr("Look into it first"), QMessageBox::ActionRole);
    connect(look, &QPushButton::clicked, this, [this, file] { Q_EMIT openWanted(Connection::forUrl(file)); });
    box->setDefaultButton(QMessageBox::Cancel);
    box->open();
}

} // namespace Sojourn::Inspector

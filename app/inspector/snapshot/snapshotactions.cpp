// SPDX-License-Identifier: MIT
#include "snapshotactions.h"

#include "importdialog.h"
#include "importjob.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "sqlitefiles.h"
#include "tab/storetab.h"
#include "table/sessionview.h"

#include <Sojourn/SnapshotStore>

#include <QtCore/QFileInfo>
#include <QtCore/QPointer>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QProgressDialog>

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
        return {.progress =
                    [dialog = dialog, job = job](const SnapshotProgress &progress) {
                        if (dialog)
                            dialog->setValue(int(progress.fraction * 1000));
                        if (job)
                            job->setPercent(int(progress.fraction * 100));
                    },
                .stop = job ? job->stopToken() : stop.token()};
    }

    QPointer<QProgressDialog> dialog;
    QPointer<ImportJob> job; ///< null unless something is imported
    StopSource stop;
};

SnapshotActions::SnapshotActions(SharedState *shared, QWidget *window) : QObject(window), m_shared(shared), m_window(window) { }

std::shared_ptr<SnapshotActions::Progress> SnapshotActions::showProgress(const QString &text)
{
    auto progress = std::make_shared<Progress>();
    auto *dialog = new QProgressDialog(text, tr("Stop"), 0, 1000, m_window);
    dialog->setMinimumDuration(400);
    dialog->setAutoClose(false);
    dialog->setAutoReset(false);
    dialog->setValue(0);
    connect(dialog, &QProgressDialog::canceled, this, [stop = progress->stop]() mutable { stop.requestStop(); });
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
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &file) { Q_EMIT openWanted(Connection::forUrl(file)); });
    dialog->open();
}

void SnapshotActions::open(const Connection &connection)
{
    const auto progress = showProgress(tr("Opening %1…").arg(Foreign::line(connection.name)));
    openSnapshot(connection.url, progress->control())
        .then(this, [this, connection, progress](const Result<std::shared_ptr<SessionStore>> &store) {
            if (!store) {
                if (!QFileInfo::exists(connection.url))
                    m_shared->book.removeSnapshot(connection.url); // nobody finds it there any more
                m_shared->log.failed(connection.name, tr("Open"), store.error());
                Q_EMIT openFailed(store.error());
                return;
            }
            m_shared->book.addSnapshot(QFileInfo(connection.url).absoluteFilePath());
            m_shared->log.done(connection.name, tr("Open"));
            Q_EMIT opened(connection, *store);
        });
}

QString SnapshotActions::exportObstacle(StoreTab &tab)
{
    const SessionModel &model = tab.model();
    switch (model.filter().state) {
    case SessionFilter::Ended:
        return tr("Sessions that have ended have left the store: there is nothing to export.");
    case SessionFilter::Quarantined:
        return tr("Sessions that are set aside cannot be read, and so not be exported.");
    default:
        break;
    }
    if (model.isSearching())
        return tr("The search is not finished: wait for it, or stop it to export what was found.");
    return model.shown() == 0 ? tr("No session is shown.") : QString();
}

void SnapshotActions::failed(StoreTab *tab, const QString &action, const Error &error)
{
    m_shared->log.failed(tab->store().name(), action, error);
    tab->showMessage(tr("%1: %2").arg(action, Format::error(error)), true);
}

void SnapshotActions::exportSessions(StoreTab *tab, StoreActions::Scope scope)
{
    const bool selected = scope == StoreActions::Selected;
    auto *dialog =
        new QFileDialog(m_window, selected ? tr("Export the selected sessions") : tr("Export the sessions that are shown"),
                        u"%1-%2"_s.arg(QString(tab->store().name()).replace(u'.', u'-'),
                                       QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmm"_s)),
                        tr("JSON (*.json);;JSON lines (*.jsonl);;Packed JSON (*.json.gz);;Packed JSON lines (*.jsonl.gz)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"json"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog,
            [dialog](const QString &filter) { dialog->setDefaultSuffix(filter.section(u"(*."_s, 1).section(u')', 0, 0)); });
    connect(dialog, &QFileDialog::fileSelected, tab, [this, self = QPointer(this), tab, selected, dialog](const QString &chosen) {
        if (!self)
            return;
        // Without one of the known suffixes nobody could open it again.
        const QString file = Connection::isSnapshot(chosen) ? chosen : chosen + u'.' + dialog->defaultSuffix();
        if (file != chosen && QFileInfo::exists(file)) // nobody was asked about that one
            return tab->showMessage(
                tr("%1 exists already: nothing was written. Choose that name to replace it.").arg(QFileInfo(file).fileName()),
                true);
        if (belongsToSqlite(file))
            return tab->showMessage(
                tr("%1 is part of an SQLite database: nothing was written. Choose another name.").arg(QFileInfo(file).fileName()),
                true);
        ExportOptions options;
        options.format = snapshotFormatOf(file);
        options.storeUrl = tab->store().connection().url;
        options.skipMissing = true; // sessions end while one exports
        const bool all = !selected || (tab->view().isAllSelected() && tab->view().isSelectionPartlyKnown());
        if (all && tab->model().filter().needsSearch()) {
            options.keys = tab->model().loadedKeys();
        } else if (all) {
            options.user = tab->model().query().user;
            options.keyPrefix = tab->model().query().keyPrefix;
        } else {
            tab->actions().gather(StoreActions::Selected, [this, self, tab, file,
                                                           options](const StoreActions::Sessions &sessions) mutable {
                if (!self)
                    return;
                for (const SessionInfo &session : sessions)
                    options.keys << session.key;
                if (options.keys.isEmpty())
                    tab->showMessage(tr("Sessions that have ended have left the store: there is nothing to export."), true);
                else
                    write(tab, file, options);
            });
            return;
        }
        write(tab, file, options);
    });
    dialog->open();
}

void SnapshotActions::write(StoreTab *tab, const QString &file, const ExportOptions &options)
{
    const auto progress = showProgress(tr("Exporting sessions of %1…").arg(tab->store().name()));
    exportToFile(tab->store().reader(), file, options, progress->control())
        .then(tab, [this, self = QPointer(this), tab, file, options, progress](const Result<ExportSummary> &result) {
            if (!self)
                return;
            const QString action = tr("Export to %1").arg(QFileInfo(file).fileName());
            if (!result)
                return failed(tab, action, result.error());
            if (result->canceled)
                return;
            QString outcome = tr("%Ln sessions", nullptr, int(result->sessions));
            if (tab->model().isSearchUnfinished() && !options.keys.isEmpty())
                outcome += tr("; the search was not finished, there may be more");
            if (result->missing > 0)
                outcome += tr(", %Ln had ended meanwhile", nullptr, int(result->missing));
            m_shared->log.done(tab->store().name(), action, outcome);
            tab->showMessage(tr("%1: %2").arg(action, outcome), false);
            m_shared->book.addSnapshot(QFileInfo(file).absoluteFilePath());
        });
}

void SnapshotActions::read(StoreTab *tab, const QString &file, const ImportOptions &options,
                           std::function<void(const ImportSummary &)> then)
{
    const QString name = QFileInfo(file).fileName(), store = tab->store().name();
    const auto progress = showProgress(options.dryRun ? tr("Reading %1…").arg(name) : tr("Importing %1…").arg(name));
    // It ends with the tab, which asks before, and where the store is made read-only.
    auto *job = new ImportJob(tr("Import of %1").arg(name), !options.dryRun, tab);
    progress->job = job;
    connect(progress->dialog, &QProgressDialog::canceled, job, &ImportJob::stop);
    connect(&tab->store(), &OpenStore::writableChanged, job, [tab, job] {
        if (!tab->store().isWritable())
            job->stop();
    });
    connect(&tab->store(), &OpenStore::replaced, job, &ImportJob::stop);
    importSessions(tab->store().writer(), file, options, progress->control())
        .then(this, [this, tab = QPointer(tab), store, name, then, progress,
                     dryRun = options.dryRun](const Result<ImportSummary> &result) {
            const QString action = tr("Import of %1").arg(name);
            if (progress->job)
                progress->job->finish();
            if (!result) {
                tab ? failed(tab, action, result.error()) : m_shared->log.failed(store, action, result.error());
            } else if (result->canceled) {
                if (!dryRun)
                    m_shared->log.done(store, action, tr("stopped after %Ln sessions", nullptr, int(result->imported)));
            } else if (tab) {
                then(*result);
            }
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
        const auto preview = std::make_shared<ImportPreview>();
        ImportOptions options{.onConflict = ImportOptions::Skip, .dryRun = true, .preview = {}};
        options.preview = [preview](const ImportCandidate &candidate) { preview->add(candidate); };
        read(tab, file, options, [this, tab, file, preview](const ImportSummary &summary) {
            preview->summary = summary;
            askHowToImport(tab, file, std::move(*preview));
        });
    });
    dialog->open();
}

void SnapshotActions::askHowToImport(StoreTab *tab, const QString &file, ImportPreview preview)
{
    auto *dialog = new ImportDialog(QFileInfo(file).fileName(), tab->store(), std::move(preview), m_window);
    connect(dialog, &ImportDialog::importWanted, tab, [this, self = QPointer(this), tab, file](ImportOptions::OnConflict policy) {
        if (!self)
            return;
        read(tab, file, {.onConflict = policy, .dryRun = false, .preview = {}}, [this, tab, file](const ImportSummary &done) {
            const QString action = tr("Import of %1").arg(QFileInfo(file).fileName()),
                          outcome = tr("%Ln sessions", nullptr, int(done.imported));
            m_shared->log.done(tab->store().name(), action, outcome);
            tab->showMessage(tr("%1: %2").arg(action, outcome), false);
            tab->refresh();
        });
    });
    dialog->open();
}

} // namespace Sojourn::Inspector

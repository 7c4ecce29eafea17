// SPDX-License-Identifier: MIT
#pragma once

#include "edit/storeactions.h"
#include "store/sharedstate.h"

#include <Sojourn/SessionStore>
#include <Sojourn/Snapshot>

#include <QtCore/QObject>

namespace Sojourn::Inspector {

struct ImportPreview;
class StoreTab;

/// Opening, writing and reading snapshot files: asks for the file, shows how far it is, can be stopped, and says how it went.
class SnapshotActions final : public QObject
{
    Q_OBJECT
public:
    /// Dialogs belong to \a window.
    SnapshotActions(SharedState *shared, QWidget *window);

    /// Asks for a file; openWanted() tells which.
    void choose();
    /// Opens the snapshot that \a connection names; opened() follows.
    void open(const Connection &connection);
    /// Asks for a file and writes \a scope into it.
    void exportSessions(StoreTab *tab, StoreActions::Scope scope);
    /// Why what \a tab shows cannot be exported; empty if it can.
    [[nodiscard]] static QString exportObstacle(StoreTab &tab);
    /// First looks at what the file would do, then asks.
    void importInto(StoreTab *tab);

Q_SIGNALS:
    void openWanted(const Sojourn::Inspector::Connection &connection);
    void opened(const Sojourn::Inspector::Connection &connection, const std::shared_ptr<Sojourn::SessionStore> &store);
    void openFailed(const Sojourn::Error &error);

private:
    struct Progress;

    std::shared_ptr<Progress> showProgress(const QString &text);
    void write(StoreTab *tab, const QString &file, const ExportOptions &options);
    void read(StoreTab *tab, const QString &file, const ImportOptions &options, std::function<void(const ImportSummary &)> then);
    void askHowToImport(StoreTab *tab, const QString &file, ImportPreview preview);
    void failed(StoreTab *tab, const QString &action, const Error &error);

    SharedState *m_shared;
    QWidget *m_window;
};

} // namespace Sojourn::Inspector

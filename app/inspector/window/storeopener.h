// SPDX-License-Identifier: MIT
#pragma once

#include "store/openstore.h"
#include "store/sharedstate.h"

#include <Sojourn/SessionStore>

#include <QtCore/QObject>

namespace Sojourn::Inspector {

/// Opens stores: asks where they are and for their passwords, and says why one does not open.
class StoreOpener final : public QObject
{
    Q_OBJECT
public:
    /// Dialogs belong to \a window.
    StoreOpener(SharedState *shared, QWidget *window);

    /// Asks which store.
    void choose();
    /// Asks for a password that the keychain has not.
    void open(const Connection &connection);
    /// Asks for nothing: a password that is missing shows where the store is.
    void openQuietly(const Connection &connection);
    /// The store of \a connection cannot be reached: perhaps its address or its password is another one. Calls \a opened once the
    /// store is open as it should be, unless \a context is gone.
    void correct(const Connection &connection, QObject *context, const std::function<void()> &opened);
    /// Starts sojourn-demo with sessions in its memory; demoRuns() tells where. The demo ends with the inspector.
    /// Once at most: one that runs already is gone to.
    void startDemo();
    void showFailure(const Error &error);

Q_SIGNALS:
    /// The store of \a connection was chosen; it may be open already.
    void wanted(const Sojourn::Inspector::Connection &connection);
    /// \a openWritable is null if the store is open for writing already, or never may be.
    void opened(const Sojourn::Inspector::Connection &connection, const std::shared_ptr<Sojourn::SessionStore> &store,
                const Sojourn::Inspector::OpenStore::OpenWritable &openWritable);
    void demoRuns(const Sojourn::Inspector::Connection &connection, const QString &pageUrl);

private:
    void askPassword(const Connection &connection);
    bool openWith(const std::optional<QString> &password, const Connection &connection);

    SharedState *m_shared;
    QWidget *m_window;
};

} // namespace Sojourn::Inspector

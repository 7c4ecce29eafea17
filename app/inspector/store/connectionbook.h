// SPDX-License-Identifier: MIT
#pragma once

#include "connection.h"

#include <QtCore/QList>
#include <QtCore/QObject>

#include <functional>

class QSettings;

namespace Sojourn::Inspector {

class OpenStore;

/// The saved connections, the snapshots opened last, and how careful to be with every store that was ever marked, kept in the
/// settings. Other inspectors change them too: each change here is made to what is on the disk. Passwords are never in it.
class ConnectionBook final : public QObject
{
    Q_OBJECT
public:
    explicit ConnectionBook(QObject *parent = nullptr);

    [[nodiscard]] const QList<Connection> &connections() const { return m_connections; }
    [[nodiscard]] const QStringList &snapshots() const { return m_snapshots; }
    /// Loads what another inspector has saved since.
    void reload();
    /// Where \a connection is among the saved ones, or -1.
    [[nodiscard]] qsizetype indexOf(const Connection &connection) const;
    /// The saved connection to the store of \a connection, or \a connection if there is none, with all the care that this store
    /// was ever marked with, by this address or by another one that leads to the same data (SessionStore::identities()).
    [[nodiscard]] Connection known(const Connection &connection, const QStringList &identities = {}) const;
    void add(const Connection &connection);
    /// Replaces \a before with \a connection, or adds it if that is gone. Only this removes a mark.
    void replace(const Connection &before, const Connection &connection);
    void remove(const Connection &connection);
    /// A store that was marked stays so, though nobody saves it.
    void mark(const Connection &connection, const QStringList &identities = {});
    /// Has \a store handled with the care that its data was ever marked with, as soon as it says what it is.
    void watch(OpenStore *store);
    void addSnapshot(const QString &fileName);
    void removeSnapshot(const QString &fileName);

    /// What was open when the program ended last.
    [[nodiscard]] QList<Connection> openStores() const;
    void setOpenStores(const QList<Connection> &connections);

Q_SIGNALS:
    void changed();

private:
    void change(const std::function<void(QSettings &)> &change);
    void forgetUnusedPassword(const Connection &before) const;

    QList<Connection> m_connections;
    QStringList m_snapshots;
};

} // namespace Sojourn::Inspector

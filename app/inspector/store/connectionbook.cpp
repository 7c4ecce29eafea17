// SPDX-License-Identifier: MIT
#include "connectionbook.h"

#include "keychain.h"
#include "settings.h"

#include <Sojourn/Stores>

#include <QtCore/QSettings>
#include <QtCore/QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

static const QString SavedConnections = u"connections"_s, OpenStores = u"openStores"_s, Snapshots = u"snapshots"_s;
static constexpr qsizetype MostSnapshots = 8;

static QList<Connection> readConnections(QSettings &store, const QString &key)
{
    QList<Connection> connections;
    const int count = store.beginReadArray(key);
    for (int i = 0; i < count; ++i) {
        store.setArrayIndex(i);
        Connection connection;
        connection.name = store.value(u"name"_s).toString();
        connection.url = store.value(u"url"_s).toString();
        connection.colour = QColor(store.value(u"colour"_s).toString());
        connection.environment = Connection::Environment(qBound(0, store.value(u"environment"_s).toInt(), 2));
        connection.readOnly = store.value(u"readOnly"_s).toBool();
        connection.asksPassword = store.value(u"asksPassword"_s).toBool();
        connection.keepsPassword = store.value(u"keepsPassword"_s).toBool();
        if (!connection.url.isEmpty())
            connections << connection;
    }
    store.endArray();
    return connections;
}

static void writeConnections(QSettings &store, const QString &key, const QList<Connection> &connections)
{
    store.remove(key);
    store.beginWriteArray(key, int(connections.size()));
    for (int i = 0; i < connections.size(); ++i) {
        const Connection &connection = connections[i];
        store.setArrayIndex(i);
        store.setValue(u"name"_s, connection.name);
        store.setValue(u"url"_s, connection.plainUrl());
        store.setValue(u"colour"_s, connection.colour.name());
        store.setValue(u"environment"_s, int(connection.environment));
        store.setValue(u"readOnly"_s, connection.readOnly);
        store.setValue(u"asksPassword"_s, connection.asksPassword);
        store.setValue(u"keepsPassword"_s, connection.keepsPassword);
    }
    store.endArray();
}

/// Where the settings keep the mark of a store, however its address is written; empty of one that nothing outlives.
static QString markOf(const Connection &connection)
{
    if (connection.url == "memory:"_L1 || Connection::isSnapshot(connection.url))
        return {};
    return u"marks/"_s + QString::fromLatin1(QUrl::toPercentEncoding(storeAddress(connection.url)));
}

static void writeMark(QSettings &store, const Connection &connection)
{
    const QString mark = markOf(connection);
    if (mark.isEmpty())
        return;
    store.remove(mark);
    if (connection.environment != Connection::Development)
        store.setValue(mark + "/environment"_L1, int(connection.environment));
    if (connection.readOnly)
        store.setValue(mark + "/readOnly"_L1, true);
}

ConnectionBook::ConnectionBook(QObject *parent) : QObject(parent)
{
    reload();
}

void ConnectionBook::reload()
{
    QList<Connection> connections;
    QStringList snapshots;
    Settings::read([&](QSettings &store) {
        connections = readConnections(store, SavedConnections);
        snapshots = store.value(Snapshots).toStringList();
    });
    if (connections == m_connections && snapshots == m_snapshots)
        return;
    m_connections = connections;
    m_snapshots = snapshots;
    Q_EMIT changed();
}

void ConnectionBook::change(const std::function<void(QSettings &)> &change)
{
    Settings::change([&](QSettings &store) {
        m_connections = readConnections(store, SavedConnections);
        m_snapshots = store.value(Snapshots).toStringList();
        change(store);
        writeConnections(store, SavedConnections, m_connections);
        store.setValue(Snapshots, m_snapshots);
    });
    Q_EMIT changed();
}

void ConnectionBook::add(const Connection &connection)
{
    change([&](QSettings &) { m_connections << connection; });
}

void ConnectionBook::replace(const Connection &before, const Connection &connection)
{
    change([&](QSettings &store) {
        const qsizetype index = indexOf(before);
        if (index < 0) {
            m_connections << connection;
            return;
        }
        m_connections[index] = connection;
        Connection mark = connection;
        for (const Connection &saved : std::as_const(m_connections)) {
            if (saved.isSameStore(connection))
                mark = mark.asCarefulAs(saved);
        }
        writeMark(store, mark);
    });
    forgetUnusedPassword(before);
}

void ConnectionBook::remove(const Connection &connection)
{
    mark(connection);
    change([&](QSettings &) {
        if (const qsizetype index = indexOf(connection); index >= 0)
            m_connections.removeAt(index);
    });
    forgetUnusedPassword(connection);
}

/// The password of an address goes with the last connection that keeps it.
void ConnectionBook::forgetUnusedPassword(const Connection &before) const
{
    const auto needsIt = [address = before.plainUrl()](const Connection &saved) {
        return saved.keepsPassword && saved.plainUrl() == address;
    };
    if (before.keepsPassword && std::ranges::none_of(m_connections, needsIt))
        Keychain::remove(before.url);
}

void ConnectionBook::mark(const Connection &connection)
{
    if (connection.environment == Connection::Development && !connection.readOnly)
        return;
    if (const Connection careful = known(connection).asCarefulAs(connection); !markOf(careful).isEmpty())
        Settings::change([&careful](QSettings &store) { writeMark(store, careful); });
}

qsizetype ConnectionBook::indexOf(const Connection &connection) const
{
    const auto isIt = [&connection](const Connection &other) {
        return other.name == connection.name && other.isSameStore(connection);
    };
    const auto found = std::ranges::find_if(m_connections, isIt);
    return found == m_connections.end() ? -1 : found - m_connections.begin();
}

/// The most careful of those that lead to that store: one that is called harmless does not make another one so.
Connection ConnectionBook::known(const Connection &connection) const
{
    std::optional<Connection> found;
    for (const Connection &saved : m_connections) {
        if (!saved.isSameStore(connection))
            continue;
        const bool chosen = saved.name == connection.name;
        found = !found ? saved : chosen ? saved.asCarefulAs(*found) : found->asCarefulAs(saved);
    }
    if (!found)
        found = connection;
    found->url = connection.url; // which may have a password
    if (const QString mark = markOf(connection); !mark.isEmpty()) {
        Connection marked;
        marked.environment = Connection::Environment(qBound(0, Settings::value(mark + "/environment"_L1).toInt(), 2));
        marked.readOnly = Settings::value(mark + "/readOnly"_L1).toBool();
        found = found->asCarefulAs(marked);
    }
    return *found;
}

void ConnectionBook::addSnapshot(const QString &fileName)
{
    change([&](QSettings &) {
        m_snapshots.removeAll(fileName);
        m_snapshots.prepend(fileName);
        m_snapshots.resize(std::min(m_snapshots.size(), MostSnapshots));
    });
}

void ConnectionBook::removeSnapshot(const QString &fileName)
{
    change([&](QSettings &) { m_snapshots.removeAll(fileName); });
}

QList<Connection> ConnectionBook::openStores() const
{
    QList<Connection> open;
    Settings::read([&open](QSettings &store) { open = readConnections(store, OpenStores); });
    return open;
}

void ConnectionBook::setOpenStores(const QList<Connection> &connections)
{
    Settings::change([&connections](QSettings &store) { writeConnections(store, OpenStores, connections); });
}

} // namespace Sojourn::Inspector

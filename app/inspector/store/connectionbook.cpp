// SPDX-License-Identifier: MIT
#include "connectionbook.h"

#include "keychain.h"
#include "openstore.h"
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
    constexpr int most = 1000; // of a damaged file, which may say that there are any number
    const int count = std::min(store.beginReadArray(key), most);
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

/// How carefully a store is to be handled, and the names of its data when it was open last.
struct Mark
{
    Connection care;
    QStringList identities;
};

static const QString Marks = u"marks/"_s;

/// The name of the mark of a store, however its address is written; empty of one that nothing outlives.
static QString addressOf(const Connection &connection)
{
    return connection.url == "memory:"_L1 || Connection::isSnapshot(connection.url) ? QString() : storeAddress(connection.url);
}

static QString keyOf(const QString &address)
{
    return Marks + QString::fromLatin1(QUrl::toPercentEncoding(address));
}

static Mark readMark(const QSettings &store, const QString &address)
{
    const QString key = keyOf(address);
    Mark mark;
    mark.care.environment = Connection::Environment(qBound(0, store.value(key + "/environment"_L1).toInt(), 2));
    mark.care.readOnly = store.value(key + "/readOnly"_L1).toBool();
    mark.identities = store.value(key + "/identities"_L1).toStringList();
    return mark;
}

/// The addresses of all marks.
static QStringList markedAddresses(QSettings &store)
{
    store.beginGroup(Marks.chopped(1));
    QStringList addresses = store.childGroups();
    store.endGroup();
    for (QString &address : addresses)
        address = QUrl::fromPercentEncoding(address.toLatin1());
    return addresses;
}

/// The addresses of marks whose data has one of these names.
static QStringList markedAs(QSettings &store, const QStringList &identities)
{
    QStringList addresses;
    for (const QString &address : markedAddresses(store)) {
        const QStringList theirs = readMark(store, address).identities;
        const auto isIt = [&](const QString &name) { return name == address || theirs.contains(name); };
        if (std::ranges::any_of(identities, isIt))
            addresses << address;
    }
    return addresses;
}

static void writeMark(QSettings &store, const Connection &connection, const QStringList &identities)
{
    const QString address = addressOf(connection);
    if (address.isEmpty())
        return;
    const QString key = keyOf(address);
    const QStringList names = identities.isEmpty() ? readMark(store, address).identities : identities;
    store.remove(key);
    if (connection.environment != Connection::Development)
        store.setValue(key + "/environment"_L1, int(connection.environment));
    if (connection.readOnly)
        store.setValue(key + "/readOnly"_L1, true);
    if (connection.readOnly || connection.environment != Connection::Development)
        store.setValue(key + "/identities"_L1, names);
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
        // Other addresses of the same data say the same, or they would bring back what was taken away.
        for (const QString &address : markedAs(store, readMark(store, addressOf(connection)).identities)) {
            if (address != addressOf(connection))
                store.remove(keyOf(address));
        }
        writeMark(store, mark, {});
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

void ConnectionBook::mark(const Connection &connection, const QStringList &identities)
{
    if (connection.environment == Connection::Development && !connection.readOnly)
        return;
    if (const Connection careful = known(connection).asCarefulAs(connection); !addressOf(careful).isEmpty())
        Settings::change([&](QSettings &store) { writeMark(store, careful, identities); });
}

void ConnectionBook::watch(OpenStore *store)
{
    const auto recognise = [this, store] {
        if (!store->isIdentified())
            return;
        const Connection &now = store->connection();
        const Connection careful = now.asCarefulAs(known(now, store->identities()));
        mark(careful, store->identities());
        if (careful != now)
            store->adopt(careful);
    };
    connect(store, &OpenStore::identified, this, recognise);
    mark(store->connection());
    recognise();
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
Connection ConnectionBook::known(const Connection &connection, const QStringList &identities) const
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
    const QString address = addressOf(connection);
    if (address.isEmpty())
        return *found;
    Settings::read([&](QSettings &store) {
        found = found->asCarefulAs(readMark(store, address).care);
        for (const QString &other : identities.isEmpty() ? QStringList() : markedAs(store, identities))
            found = found->asCarefulAs(readMark(store, other).care);
    });
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

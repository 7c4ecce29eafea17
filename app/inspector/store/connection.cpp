// SPDX-License-Identifier: MIT
#include "connection.h"

#include "look/theme.h"

#include <Sojourn/LiveStore>
#include <Sojourn/Stores>

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtCore/QSettings>
#include <QtCore/QUrl>

#ifdef SOJOURN_HAVE_KEYCHAIN
#include <qt6keychain/keychain.h>
#endif

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

QString Connection::environmentName(Environment environment)
{
    switch (environment) {
    case Development:
        return QCoreApplication::translate("Connection", "Development");
    case Staging:
        return QCoreApplication::translate("Connection", "Staging");
    case Production:
        return QCoreApplication::translate("Connection", "Production");
    }
    return {};
}

bool Connection::isSnapshot(const QString &path)
{
    for (const auto suffix : {".json"_L1, ".jsonl"_L1, ".json.gz"_L1, ".jsonl.gz"_L1}) {
        if (path.endsWith(suffix, Qt::CaseInsensitive) && !path.startsWith("sqlite:"_L1))
            return true;
    }
    return false;
}

bool Connection::canBeThere() const
{
    if (isSnapshot(url))
        return QFileInfo::exists(url);
    if (url.startsWith("sqlite:"_L1))
        return QFileInfo::exists(QUrl::fromPercentEncoding(url.sliced(7).section(u'?', 0, 0).toUtf8()));
    if (url.startsWith("live:"_L1))
        return LiveStore::runningNames().contains(url.sliced(5));
    return url != "memory:"_L1;
}

Connection Connection::forUrl(const QString &url)
{
    Connection connection;
    connection.url = url;
    // Whatever folder the program runs in next time.
    if (isSnapshot(url)) {
        connection.url = QFileInfo(url).absoluteFilePath();
    } else if (url.startsWith("sqlite:"_L1)) {
        const QString written = url.sliced(7).section(u'?', 0, 0), path = QUrl::fromPercentEncoding(written.toUtf8());
        if (!path.isEmpty() && QFileInfo(path).isRelative())
            connection.url.replace(7, written.size(),
                                   QString::fromLatin1(QUrl::toPercentEncoding(QFileInfo(path).absoluteFilePath(), "/:")));
    }
    const QString shown = isSnapshot(url) ? url : displayUrl(url);
    if (isSnapshot(url) || shown.startsWith("sqlite:"_L1)) {
        connection.name = QFileInfo(shown.section(u'?', 0, 0)).fileName();
        if (connection.name.startsWith("sqlite:"_L1))
            connection.name.remove(0, 7);
    } else if (shown.startsWith("live:"_L1)) {
        connection.name = shown.sliced(5);
    } else if (const QUrl parsed(shown); !parsed.host().isEmpty()) {
        connection.name = parsed.host();
    } else {
        connection.name = shown;
    }
    connection.readOnly = isSnapshot(url);
    const auto markers = Theme::markers();
    connection.colour = markers.at(qsizetype(qHash(shown) % size_t(markers.size())));
    return connection;
}

QString Connection::plainUrl() const
{
    return isSnapshot(url) ? url : displayUrl(url);
}

bool Connection::isSameStore(const Connection &other) const
{
    if (isSnapshot(url) || isSnapshot(other.url))
        return isSnapshot(url) && isSnapshot(other.url)
            && QFileInfo(url).absoluteFilePath() == QFileInfo(other.url).absoluteFilePath();
    return url != "memory:"_L1 && storeAddress(url) == storeAddress(other.url); // each memory is another one
}

Connection Connection::asCarefulAs(const Connection &other) const
{
    Connection careful = *this;
    careful.environment = std::max(environment, other.environment);
    careful.readOnly = readOnly || other.readOnly;
    return careful;
}

QList<Connection> readConnections(const QString &key)
{
    QList<Connection> connections;
    QSettings &store = settings();
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

void writeConnections(const QString &key, const QList<Connection> &connections)
{
    QSettings &store = settings();
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

static const QString SavedConnections = u"connections"_s;

ConnectionBook::ConnectionBook(QObject *parent) : QObject(parent)
{
    m_connections = readConnections(SavedConnections);
    m_snapshots = settings().value(u"snapshots"_s).toStringList();
}

void ConnectionBook::save()
{
    writeConnections(SavedConnections, m_connections);
    settings().setValue(u"snapshots"_s, m_snapshots);
    Q_EMIT changed();
}

void ConnectionBook::add(const Connection &connection)
{
    m_connections << connection;
    save();
}

void ConnectionBook::replace(const Connection &before, const Connection &connection)
{
    if (const qsizetype index = indexOf(before); index >= 0)
        m_connections[index] = connection;
    else
        m_connections << connection;
    save();
}

void ConnectionBook::remove(const Connection &connection)
{
    const qsizetype index = indexOf(connection);
    if (index < 0)
        return;
    const Connection removed = m_connections.takeAt(index);
    const auto sharesPassword = [&removed](const Connection &other) { return other.plainUrl() == removed.plainUrl(); };
    if (removed.keepsPassword && std::ranges::none_of(m_connections, sharesPassword))
        Keychain::remove(removed.url);
    save();
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
        return connection;
    found->url = connection.url; // which may have a password
    return *found;
}

void ConnectionBook::addSnapshot(const QString &fileName)
{
    m_snapshots.removeAll(fileName);
    m_snapshots.prepend(fileName);
    while (m_snapshots.size() > 8)
        m_snapshots.removeLast();
    save();
}

void ConnectionBook::removeSnapshot(const QString &fileName)
{
    m_snapshots.removeAll(fileName);
    save();
}

namespace Keychain {

#ifdef SOJOURN_HAVE_KEYCHAIN
static const QString Service = u"sojourn-inspector"_s;

bool isAvailable()
{
    return true; // whether a service is there shows when it is asked
}

void read(const QString &url, QObject *context, std::function<void(std::optional<QString>)> done)
{
    auto *job = new QKeychain::ReadPasswordJob(Service);
    job->setKey(displayUrl(url));
    QObject::connect(job, &QKeychain::Job::finished, context, [job, done = std::move(done)] {
        done(job->error() == QKeychain::NoError ? std::optional(job->textData()) : std::nullopt);
    });
    job->start();
}

void write(const QString &url, const QString &password)
{
    auto *job = new QKeychain::WritePasswordJob(Service);
    job->setKey(displayUrl(url));
    job->setTextData(password);
    job->start();
}

void remove(const QString &url)
{
    auto *job = new QKeychain::DeletePasswordJob(Service);
    job->setKey(displayUrl(url));
    job->start();
}
#else
bool isAvailable()
{
    return false;
}

void read(const QString &, QObject *, std::function<void(std::optional<QString>)> done)
{
    done({});
}

void write(const QString &, const QString &) { }

void remove(const QString &) { }
#endif

} // namespace Keychain

QSettings &settings()
{
    static const QString file = qEnvironmentVariable("SOJOURN_INSPECTOR_SETTINGS");
    static auto *settings = file.isEmpty() ? new QSettings(u"Sojourn"_s, u"Inspector"_s)
                                           : new QSettings(file, QSettings::IniFormat);
    return *settings;
}

} // namespace Sojourn::Inspector

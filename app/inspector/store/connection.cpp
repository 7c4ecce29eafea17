// SPDX-License-Identifier: MIT
#include "connection.h"

#include "look/theme.h"

#include <Sojourn/LiveStore>
#include <Sojourn/Stores>

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>

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

/// The URL of an application on another machine, with its files named from the root.
static QString withAbsoluteFiles(QString url)
{
    static const QRegularExpression file(u"[?&](?:ca|cert|key|token-file)=([^&]+)"_s);
    for (auto match = file.match(url); match.hasMatch(); match = file.match(url, match.capturedStart(1))) {
        const QString path = QFileInfo(QUrl::fromPercentEncoding(match.captured(1).toUtf8())).absoluteFilePath();
        url.replace(match.capturedStart(1), match.capturedLength(1), QString::fromLatin1(QUrl::toPercentEncoding(path, "/:")));
    }
    return url;
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
    } else if (url.startsWith("live+tls:"_L1, Qt::CaseInsensitive)) {
        connection.url = withAbsoluteFiles(url);
    }
    const QString shown = isSnapshot(url) ? url : displayUrl(url);
    if (isSnapshot(url) || shown.startsWith("sqlite:"_L1)) {
        connection.name = QFileInfo(shown.section(u'?', 0, 0)).fileName();
        if (connection.name.startsWith("sqlite:"_L1))
            connection.name.remove(0, 7);
    } else if (shown.startsWith("live:"_L1)) {
        connection.name = shown.sliced(5);
    } else if (shown.contains("+sentinel://"_L1)) { // several hosts: the name of their master tells more
        connection.name = QUrl::fromPercentEncoding(shown.section(u'/', 3, 3).section(u'?', 0, 0).toUtf8());
    } else if (const QUrl parsed(shown.section(u',', 0, 0)); !parsed.host().isEmpty()) { // of a cluster: the first node
        connection.name = parsed.host();
    } else {
        connection.name = shown;
    }
    connection.readOnly = isSnapshot(url);
    if (url.startsWith("live+tls:"_L1,
                       Qt::CaseInsensitive)) // who listens for other machines is at work, unless it is said otherwise
        connection.environment = Production;
    const auto markers = Theme::markers();
    connection.colour = markers.at(qsizetype(qHash(shown) % size_t(markers.size())));
    return connection;
}

QString Connection::plainUrl() const
{
    return isSnapshot(url) ? url : displayUrl(url);
}

QString Connection::settingsKey(const QString &what) const
{
    return what + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(plainUrl()));
}

bool Connection::isSameStore(const Connection &other) const
{
    if (isSnapshot(url) || isSnapshot(other.url))
        return isSnapshot(url) && isSnapshot(other.url) && QFileInfo(url) == QFileInfo(other.url);
    return url != "memory:"_L1 && storeAddress(url) == storeAddress(other.url); // each memory is another one
}

Connection Connection::asCarefulAs(const Connection &other) const
{
    Connection careful = *this;
    careful.environment = std::max(environment, other.environment);
    careful.readOnly = readOnly || other.readOnly;
    return careful;
}

} // namespace Sojourn::Inspector

// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayList>
#include <QtCore/QList>

#include <utility>

/// A response as it came over the wire.
struct HttpResponse
{
    int status = 0; ///< 0: there was none
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case
    QByteArray body;

    /// Takes the next response out of what was \a received; false if it is not complete yet.
    bool take(QByteArray &received)
    {
        const qsizetype end = received.indexOf("\r\n\r\n");
        if (end < 0)
            return false;
        HttpResponse next;
        QByteArrayList lines = received.first(end).split('\n');
        next.status = lines.takeFirst().split(' ').value(1).toInt();
        for (const QByteArray &line : std::as_const(lines)) {
            const qsizetype colon = line.indexOf(':');
            next.headers.emplaceBack(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
        }
        const qsizetype length = next.value("content-length").toLongLong();
        if (received.size() < end + 4 + length)
            return false;
        next.body = received.sliced(end + 4, length);
        received.remove(0, end + 4 + length);
        *this = next;
        return true;
    }
    QByteArrayList values(const QByteArray &name) const
    {
        QByteArrayList values;
        for (const auto &[key, value] : headers) {
            if (key == name.toLower())
                values += value;
        }
        return values;
    }
    QByteArray value(const QByteArray &name) const { return values(name).join(", "); }
    /// The Set-Cookie headers of the cookie \a name.
    QByteArrayList setCookies(const QByteArray &name = "id") const
    {
        QByteArrayList cookies = values("set-cookie");
        cookies.removeIf([&](const QByteArray &cookie) { return !cookie.startsWith(name + '='); });
        return cookies;
    }
    /// The value that the cookie \a name was set to; null if it was not set.
    QByteArray cookie(const QByteArray &name = "id") const
    {
        const QByteArrayList cookies = setCookies(name);
        return cookies.isEmpty() ? QByteArray() : cookies.last().mid(name.size() + 1).split(';').first();
    }
};

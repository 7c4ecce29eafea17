// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QJsonObject>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>

struct Answer
{
    int status = 0; ///< 0 if there was none
    QByteArray body;
    QJsonObject json;
    QList<QByteArray> cookies; ///< of all Set-Cookie headers
    QByteArray cacheControl;
    QByteArray retryAfter;

    friend bool operator==(const Answer &answer, int expected) { return answer.status == expected; }
};

/// Somebody with a browser: requests to one server with a cookie jar.
class Visitor
{
public:
    explicit Visitor(const QUrl &server) : m_server(server) { m_manager.setTransferTimeout(10'000); }

    Answer get(const QString &path) { return finish(start("GET", path)); }
    Answer post(const QString &path, const QByteArray &body = {}, const QByteArray &csrfToken = {})
    {
        return finish(start("POST", path, body, csrfToken));
    }

    /// For requests that overlap: start several, then finish each.
    QNetworkReply *start(const QByteArray &method, const QString &path, const QByteArray &body = {},
                         const QByteArray &csrfToken = {}, const QByteArray &contentType = "application/json");
    static Answer finish(QNetworkReply *reply);

    /// What GET /api/session says of \a field.
    QJsonValue session(const QString &field) { return get(QStringLiteral("/api/session")).json.value(field); }
    /// The value of the session cookie, empty if there is none.
    QByteArray cookie() const;
    void setCookie(const QByteArray &value);

private:
    QUrl m_server;
    QNetworkAccessManager m_manager;
};

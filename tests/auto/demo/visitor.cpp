// SPDX-License-Identifier: MIT
#include "visitor.h"

#include <QtCore/QEventLoop>
#include <QtCore/QJsonDocument>
#include <QtNetwork/QNetworkCookie>
#include <QtNetwork/QNetworkCookieJar>

#include <memory>

QNetworkReply *Visitor::start(const QByteArray &method, const QString &path, const QByteArray &body, const QByteArray &csrfToken,
                              const QByteArray &contentType)
{
    QNetworkRequest request(m_server.resolved(QUrl(path)));
    request.setHeader(QNetworkRequest::ContentTypeHeader, contentType);
    if (!csrfToken.isEmpty())
        request.setRawHeader("X-CSRF-Token", csrfToken);
    return m_manager.sendCustomRequest(request, method, body);
}

Answer Visitor::finish(QNetworkReply *reply)
{
    const std::unique_ptr<QNetworkReply> owner(reply);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec();
    Answer answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.body = reply->readAll();
    answer.json = QJsonDocument::fromJson(answer.body).object();
    if (reply->hasRawHeader("Set-Cookie"))
        answer.cookies = reply->rawHeader("Set-Cookie").split('\n');
    answer.cacheControl = reply->rawHeader("Cache-Control");
    answer.retryAfter = reply->rawHeader("Retry-After");
    return answer;
}

QByteArray Visitor::cookie() const
{
    for (const QNetworkCookie &cookie : m_manager.cookieJar()->cookiesForUrl(m_server)) {
        if (cookie.name() == "id")
            return cookie.value();
    }
    return {};
}

void Visitor::setCookie(const QByteArray &value)
{
    QNetworkCookie cookie("id", value);
    cookie.setDomain(m_server.host());
    cookie.setPath(QStringLiteral("/"));
    m_manager.cookieJar()->insertCookie(cookie);
}

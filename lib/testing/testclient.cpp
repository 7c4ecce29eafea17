// SPDX-License-Identifier: MIT
#include "testclient.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>
#include <QtCore/QTimer>
#include <QtCore/QUrl>
#include <QtNetwork/QTcpSocket>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

QByteArray encoded(const QString &text)
{
    return QUrl::toPercentEncoding(text);
}

/// What QString::toHtmlEscaped() and its like did, undone.
QString fromHtml(QString text)
{
    for (const auto &[entity, character] :
         {std::pair("&lt;"_L1, "<"_L1), {"&gt;"_L1, ">"_L1}, {"&quot;"_L1, "\""_L1}, {"&#39;"_L1, "'"_L1}, {"&amp;"_L1, "&"_L1}})
        text.replace(entity, character);
    return text;
}

/// The body of chunks (RFC 9112), once it is complete.
std::optional<QByteArray> fromChunks(QByteArrayView raw)
{
    QByteArray body;
    while (true) {
        const qsizetype end = raw.indexOf("\r\n");
        if (end < 0)
            return std::nullopt;
        const qsizetype size = raw.first(end).toByteArray().toLongLong(nullptr, 16);
        if (size == 0)
            return body;
        if (raw.size() < end + 2 + size + 2)
            return std::nullopt;
        body += raw.sliced(end + 2, size);
        raw = raw.sliced(end + 2 + size + 2);
    }
}

/// The response that \a received holds, once it is complete.
std::optional<TestResponse> parse(const QByteArray &received, bool hasBody, bool isClosed)
{
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    TestResponse response;
    QByteArrayList lines = received.first(end).split('\n');
    response.status = lines.takeFirst().split(' ').value(1).toInt();
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        response.headers.emplaceBack(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
    }
    const QByteArray raw = received.sliced(end + 4);
    if (!hasBody)
        return response;
    if (response.header("transfer-encoding").contains("chunked")) {
        const auto body = fromChunks(raw);
        if (!body)
            return std::nullopt;
        response.body = *body;
        return response;
    }
    const QByteArray length = response.header("content-length");
    if (length.isEmpty() ? !isClosed && response.status != 204 && response.status != 304 : raw.size() < length.toLongLong())
        return std::nullopt;
    response.body = length.isEmpty() ? raw : raw.first(length.toLongLong());
    return response;
}

} // namespace

QByteArray TestResponse::header(const QByteArray &name) const
{
    QByteArrayList values;
    for (const auto &[key, value] : headers) {
        if (key == name.toLower())
            values += value;
    }
    return values.join(", ");
}

QJsonValue TestResponse::json() const
{
    const QJsonArray wrapped = QJsonDocument::fromJson('[' + body + ']').array();
    return wrapped.size() == 1 ? wrapped.first() : QJsonValue(QJsonValue::Undefined);
}

QString TestResponse::formField(const QString &name) const
{
    static const QRegularExpression input(u"<input\\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression attribute(u"([^\\s=\"'/]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))"_s);
    const QString page = QString::fromUtf8(body);
    for (const QRegularExpressionMatch &tag : input.globalMatch(page)) {
        QString found;
        QString value = u""_s;
        for (const QRegularExpressionMatch &one : attribute.globalMatch(tag.captured(1))) {
            const QString key = one.captured(1).toLower();
            if (key == "name"_L1)
                found = fromHtml(one.captured(2) + one.captured(3) + one.captured(4));
            else if (key == "value"_L1)
                value = fromHtml(one.captured(2) + one.captured(3) + one.captured(4));
        }
        if (found == name && !found.isNull())
            return value;
    }
    return {};
}

TestClient::TestClient(quint16 port) : m_port(port) { }

TestClient::~TestClient() = default;

template<class Done>
bool TestClient::waitUntil(Done &&done) const
{
    const QDeadlineTimer deadline(m_timeout);
    while (!done()) {
        if (deadline.hasExpired())
            return false;
        QEventLoop loop;
        QObject::connect(m_socket.get(), &QIODevice::readyRead, &loop, &QEventLoop::quit);
        QObject::connect(m_socket.get(), &QAbstractSocket::stateChanged, &loop, &QEventLoop::quit);
        QTimer::singleShot(std::chrono::milliseconds(10), &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

bool TestClient::connectToServer()
{
    if (m_socket && m_socket->state() == QAbstractSocket::ConnectedState)
        return true;
    m_socket = std::make_unique<QTcpSocket>();
    m_socket->connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
    return waitUntil([this] { return m_socket->state() != QAbstractSocket::ConnectingState; })
        && m_socket->state() == QAbstractSocket::ConnectedState;
}

TestResponse TestClient::get(const QByteArray &target, const Headers &headers)
{
    return request("GET", target, headers);
}

TestResponse TestClient::post(const QByteArray &target, const Form &form, const Headers &headers)
{
    QByteArrayList fields;
    for (const auto &[name, value] : form)
        fields += encoded(name) + '=' + encoded(value);
    return request("POST", target, Headers{{"Content-Type", "application/x-www-form-urlencoded"}} + headers, fields.join('&'));
}

TestResponse TestClient::request(const QByteArray &method, const QByteArray &target, const Headers &headers,
                                 const QByteArray &body)
{
    if (!connectToServer())
        return {};
    QByteArray message = method + ' ' + target + " HTTP/1.1\r\nHost: localhost:" + QByteArray::number(m_port) + "\r\n";
    QByteArrayList pairs;
    for (auto it = cookies.cbegin(); it != cookies.cend(); ++it)
        pairs += it.key() + '=' + it.value();
    if (!pairs.isEmpty())
        message += "Cookie: " + pairs.join("; ") + "\r\n";
    for (const auto &[name, value] : headers)
        message += name + ": " + value + "\r\n";
    if (!body.isEmpty() || method == "POST")
        message += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    m_socket->write(message + "\r\n" + body);

    QByteArray received;
    std::optional<TestResponse> response;
    waitUntil([&] {
        received += m_socket->readAll();
        const bool isClosed = m_socket->state() == QAbstractSocket::UnconnectedState;
        response = parse(received, method != "HEAD", isClosed);
        return response || isClosed;
    });
    if (!response) {
        m_socket.reset(); // what comes late is not the answer of the next request
        return {};
    }
    if (response->header("connection").toLower().contains("close"))
        m_socket.reset();
    keepCookies(*response);
    return *response;
}

void TestClient::keepCookies(const TestResponse &response)
{
    for (const auto &[name, value] : response.headers) {
        if (name != "set-cookie")
            continue;
        const QByteArrayList parts = value.split(';');
        const QByteArray &pair = parts.first();
        const qsizetype equals = pair.indexOf('=');
        const bool isRemoval = std::ranges::any_of(parts, [](const QByteArray &part) {
            return part.trimmed().compare("max-age=0", Qt::CaseInsensitive) == 0;
        });
        if (isRemoval)
            cookies.remove(pair.first(equals));
        else
            cookies.insert(pair.first(equals), pair.sliced(equals + 1));
    }
}

} // namespace Sojourn

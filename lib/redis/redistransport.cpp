// SPDX-License-Identifier: MIT
#include "redistransport_p.h"

#include <QtCore/QFile>
#include <QtNetwork/QHostAddress>

#include <algorithm>
#include <charconv>

#include <hiredis/hiredis.h>
#ifdef SOJOURN_REDIS_TLS
#include <hiredis/hiredis_ssl.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#endif

#ifdef Q_OS_WIN
#include <winsock2.h>
#include <ws2tcpip.h> // socklen_t
#else
#include <csignal>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace Sojourn {

namespace {

// hiredis asks for an object for each part of a reply; here a mark that is not null must do, as the parts arrive in order.
void *const Parsed = const_cast<char *>("");

RedisReplyBuffer &bufferOf(const redisReadTask *task)
{
    return *static_cast<RedisReplyBuffer *>(task->privdata);
}

void *addText(const redisReadTask *task, char *text, size_t size)
{
    bufferOf(task).addText(task->type, QByteArrayView(text, static_cast<qsizetype>(size)));
    return Parsed;
}

template<class Number>
void *addNumber(const redisReadTask *task, Number number)
{
    bufferOf(task).addNumber(task->type, static_cast<qint64>(number));
    return Parsed;
}

void *addNil(const redisReadTask *task)
{
    bufferOf(task).addNumber(task->type, 0);
    return Parsed;
}

redisReplyObjectFunctions replyFunctions()
{
    redisReplyObjectFunctions functions = {};
    functions.createString = addText;
    functions.createArray = addNumber; // its argument is an int or a size_t, by version
    functions.createInteger = addNumber;
    functions.createNil = addNil;
    functions.freeObject = [](void *) { };
    return functions;
}

// Writing to a socket whose peer is gone must not end the process. Qt does the same for its own sockets.
void ignoreBrokenPipes()
{
#ifndef Q_OS_WIN
    static const auto once = std::signal(SIGPIPE, SIG_IGN);
    Q_UNUSED(once)
#endif
}

} // namespace

std::optional<Error> RedisTransport::unsupported(const RedisOptions &options)
{
#ifdef SOJOURN_REDIS_TLS
    constexpr bool hasTls = true;
#else
    constexpr bool hasTls = false;
#endif
    if (!options.tls || hasTls)
        return std::nullopt;
    return Error{Error::Unsupported,
                 Error::tr("This build cannot reach Redis over TLS: it needs hiredis 1.0 with hiredis_ssl. Build it with these, "
                           "or use a connection without TLS where nobody can listen.")};
}

Result<std::unique_ptr<RedisTransport>> RedisTransport::open(const RedisOptions &options, const QString &address)
{
    ignoreBrokenPipes();
    redisContext *context = options.socketPath.isEmpty()
                              ? redisConnectNonBlock(address.toLatin1().constData(), options.port)
                              : redisConnectUnixNonBlock(QFile::encodeName(options.socketPath).constData());
    if (!context)
        return failure(Error::Unavailable, Error::tr("There is no memory for a connection."));
    std::unique_ptr<RedisTransport> transport(new RedisTransport(context));
    if (context->err)
        return transport->error();
    return transport;
}

RedisTransport::RedisTransport(redisContext *context) : m_context(context)
{
    static redisReplyObjectFunctions functions = replyFunctions();
    context->reader->fn = &functions;
    context->reader->privdata = &m_reply;
}

RedisTransport::~RedisTransport()
{
    redisFree(m_context);
}

qintptr RedisTransport::socket() const
{
    return static_cast<qintptr>(m_context->fd);
}

Result<void> RedisTransport::finishConnecting(const RedisOptions &options)
{
    int cause = 0;
    socklen_t size = sizeof cause;
    getsockopt(m_context->fd, SOL_SOCKET, SO_ERROR, reinterpret_cast<char *>(&cause), &size);
    if (cause)
        return failure(Error::Unavailable, qt_error_string(cause));
    if (options.socketPath.isEmpty()) {
        const int on = 1;
        setsockopt(m_context->fd, IPPROTO_TCP, TCP_NODELAY, reinterpret_cast<const char *>(&on), sizeof on);
        redisEnableKeepAlive(m_context);
    }
    return options.tls ? startTls(options) : Result<void>();
}

#ifdef SOJOURN_REDIS_TLS
// The handshake goes on while data is written and read. The certificate must be good for the name or address that was asked for.
Result<void> RedisTransport::startTls(const RedisOptions &options)
{
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    if (!context)
        return failure(Error::Unavailable, Error::tr("TLS is not available."));
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    const QByteArray file = QFile::encodeName(options.caCertificateFile);
    if (file.isEmpty() ? !SSL_CTX_set_default_verify_paths(context.get())
                       : !SSL_CTX_load_verify_locations(context.get(), file.constData(), nullptr))
        return failure(Error::Unavailable, Error::tr("the certificates in \"%1\" cannot be read").arg(options.caCertificateFile));

    std::unique_ptr<SSL, decltype(&SSL_free)> tls(SSL_new(context.get()), SSL_free);
    const QByteArray host = options.host.toLatin1();
    const bool isNamed = QHostAddress(options.host).isNull();
    const bool set = tls
                  && (isNamed
                          ? SSL_set1_host(tls.get(), host.constData()) && SSL_set_tlsext_host_name(tls.get(), host.constData())
                          : X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls.get()), host.constData()));
    if (!set)
        return failure(Error::Unavailable, Error::tr("TLS does not take this host name"));
    if (redisInitiateSSL(m_context, tls.get()) != REDIS_OK) {
        m_verified = SSL_get_verify_result(tls.get());
        return error();
    }
    m_tls = tls.release();
    return {};
}

std::optional<ErrorText> RedisTransport::distrust(const QString &server) const
{
    const long result = m_tls ? SSL_get_verify_result(m_tls) : m_verified;
    switch (result) {
    case X509_V_OK:
        return std::nullopt;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return Error::tr("The certificate of the server at %1 is for other addresses. Use an address that it is for, or have one "
                         "issued that is for this one too.")
            .arg(server);
    case X509_V_ERR_CERT_NOT_YET_VALID:
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return Error::tr("The certificate of the server at %1 has run out, or is not valid yet. Renew it, or set this machine's "
                         "clock right.")
            .arg(server);
    default:
        return Error::tr("The certificate of the server at %1 is not accepted (%2). Have this machine trust the authority that "
                         "issued it; SSL_CERT_FILE may name a file with its certificate.")
            .arg(server, QLatin1StringView(X509_verify_cert_error_string(result)));
    }
}
#else
Result<void> RedisTransport::startTls(const RedisOptions &options)
{
    return std::unexpected(*unsupported(options));
}

std::optional<ErrorText> RedisTransport::distrust(const QString &) const
{
    return std::nullopt;
}
#endif

void RedisTransport::send(const RedisCommand &command, const QByteArray &last)
{
    const auto append = [this](QByteArrayView part) {
        redisAppendFormattedCommand(m_context, part.data(), static_cast<size_t>(part.size()));
    };
    const auto appendHead = [&append](char sign, qsizetype number) {
        char head[24] = {sign};
        char *const digitsEnd = std::to_chars(head + 1, std::end(head) - 2, number).ptr;
        append(QByteArrayView(head, std::copy_n("\r\n", 2, digitsEnd) - head));
    };
    appendHead('*', command.count() + !last.isEmpty());
    append(command.arguments());
    if (!last.isEmpty()) {
        appendHead('$', last.size());
        append(last);
        append("\r\n");
    }
    m_hasOutput = true;
}

Result<bool> RedisTransport::write()
{
    int done = 0;
    if (redisBufferWrite(m_context, &done) != REDIS_OK)
        return error();
    m_hasOutput = !done;
#ifdef SOJOURN_REDIS_TLS
    if (m_tls && SSL_want_read(m_tls))
        return true;
#endif
    return !m_hasOutput;
}

Result<void> RedisTransport::read()
{
    if (redisBufferRead(m_context) != REDIS_OK)
        return error();
    return {};
}

Result<std::optional<RedisReply>> RedisTransport::nextReply()
{
    if (std::exchange(m_replyTaken, false))
        m_reply.clear();
    void *parsed = nullptr;
    if (redisReaderGetReply(m_context->reader, &parsed) != REDIS_OK)
        return failure(Error::Unavailable, QString::fromLocal8Bit(m_context->reader->errstr));
    if (!parsed)
        return std::nullopt;
    m_replyTaken = true;
    return m_reply.reply();
}

std::unexpected<Error> RedisTransport::error() const
{
    return failure(Error::Unavailable, QString::fromLocal8Bit(m_context->errstr));
}

} // namespace Sojourn

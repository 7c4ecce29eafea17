// SPDX-License-Identifier: MIT
#pragma once

#include "rediscommand_p.h"
#include "redisreply_p.h"
#include "redisstore.h"

struct redisContext;
struct ssl_st;

namespace Sojourn {

/// A non-blocking socket to a server: commands out, replies in. The only code that knows hiredis.
class RedisTransport
{
public:
    /// Why \a options cannot be met by this build, if so.
    static std::optional<Error> unsupported(const RedisOptions &options);
    /// Begins to connect, to the numeric \a address unless the options name a Unix socket.
    static Result<std::unique_ptr<RedisTransport>> open(const RedisOptions &options, const QString &address);
    ~RedisTransport();
    Q_DISABLE_COPY_MOVE(RedisTransport)

    [[nodiscard]] qintptr socket() const;
    /// Tells, once the socket is writable for the first time, whether it is connected.
    Result<void> finishConnecting(const RedisOptions &options);

    /// \a last is one more argument, unless empty.
    void send(const RedisCommand &command, const QByteArray &last = {});
    /// Writes what the socket takes. \return whether there is nothing to write until the next send() or read().
    Result<bool> write();
    [[nodiscard]] bool hasOutput() const { return m_hasOutput; }
    /// Reads what is there.
    Result<void> read();
    /// What is wrong with the certificate of \a server, if TLS does not accept it.
    [[nodiscard]] std::optional<ErrorText> distrust(const QString &server) const;
    /// The next complete reply, valid until the next call.
    Result<std::optional<RedisReply>> nextReply();

private:
    explicit RedisTransport(redisContext *context);
    Result<void> startTls(const RedisOptions &options);
    [[nodiscard]] std::unexpected<Error> error() const;

    redisContext *m_context;
    ssl_st *m_tls = nullptr; // owned by m_context
    long m_verified = 0; // X509_V_OK, or what is wrong with the certificate
    RedisReplyBuffer m_reply;
    bool m_replyTaken = false;
    bool m_hasOutput = false;
};

} // namespace Sojourn

// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Error>
#include <Sojourn/sojournlive_export.h>

#include <QtCore/QStringList>

#include <chrono>

namespace Sojourn {

/// How LiveServer::listenTls() proves who it is, and whom it lets in. A token, a client certificate, or both: each of the two
/// that is set here is demanded of every client.
struct LiveTlsOptions
{
    QString certificateFile = {}; ///< PEM: the certificate of this application, and those between it and its authority
    QString keyFile = {}; ///< PEM: its private key, RSA or EC, without a passphrase; empty if it is in the same file

    /// A secret that clients know, of 128 bits at least (`openssl rand -hex 32` makes one); empty for none. It never goes over
    /// the connection: a client proves that it knows it, and the proof is good for this connection and this certificate only.
    QString token = {};
    QString tokenFile = {}; ///< or the file whose first line it is

    QString clientCaFile = {}; ///< PEM: clients need a certificate of one of these authorities
    QStringList clientFingerprints = {}; ///< or one whose SHA-256 is among these, 64 hexadecimal digits, with or without colons

    /// Who has not logged in after this time is dropped, and somewhat later where the application is busy.
    std::chrono::milliseconds loginTimeout{5000};
};

/// An application that listens with LiveServer::listenTls(), and what a LiveStore needs to reach it.
struct SOJOURN_LIVE_EXPORT LiveTlsAddress
{
    QString host = {}; ///< a name or an IP address; its certificate must be made out for it, unless it is pinned
    quint16 port = 0; ///< there is no usual one

    QString caFile = {}; ///< PEM: the authorities that its certificate may be of; empty for those that the system knows
    /// Pins its certificate, by its SHA-256; without caFile that is all that is asked of it but to be in date.
    QString fingerprint = {};

    QString certificateFile = {}; ///< PEM: the certificate of this client, if it has one
    QString keyFile = {}; ///< PEM: its private key; empty if it is in the same file

    QString token = {}; ///< the application's token; empty for none
    QString tokenFile = {}; ///< or the file whose first line it is, read at each connection

    /// Error::Invalid with what makes no sense, such as a fingerprint that is none; looks at no file.
    [[nodiscard]] Result<void> check() const;

    friend bool operator==(const LiveTlsAddress &a, const LiveTlsAddress &b) = default;
};

} // namespace Sojourn

// SPDX-License-Identifier: MIT
#pragma once

#include "world.h"

/// The circumstances of a history.
struct Setup
{
    Model::Policy policy;
    std::array<qint64, OperationGenerator::Processes> skew{};

    /// Random ones; the same seed gives the same.
    static Setup random(quint64 seed);
    QString toString() const;
};

/// Carries operations out in a world and in the model, and compares what can be seen.
class Checker
{
public:
    Checker(const Backend &backend, const Setup &setup);

    /// What differs from the model; nothing if all is as it must be.
    QString run(const Operation &operation);

private:
    struct Client
    {
        QByteArrayList cookies;
        QByteArrayList olderCookies;
        QString token;
    };
    struct Held
    {
        int client = 0;
        int process = 0;
        World::Run run;
        Model::Request request;
        QByteArrayList sent;
    };

    void carryOut(const Operation &operation);
    void visit(const Operation &operation);
    void begin(const Operation &operation);
    void end(const Operation &operation);
    void administrate(const Operation &operation);
    void changeCookie(const Operation &operation);
    void readHistory(int process);
    void lookAround(int process);

    Model::Request requestOf(const Operation &operation, QByteArrayList &sent) const;
    QByteArray planted(int victim) const;
    void perform(Sojourn::Session &session, Model::Request &request, const QList<Action> &actions, int client, int process);
    QString call(Sojourn::Session &session, const Action &action, int process);
    void compare(const Response &response, Model::Request &request, const QByteArrayList &sent, int status, int client,
                 int process);
    void compare(const QList<Sojourn::SessionEvent> &expected, const QList<Sojourn::SessionEvent> &got, const QString &where);
    void compare(const Model::Record &expected, const Sojourn::SessionRecord &got);
    void fail(const QString &what)
    {
        if (m_failure.isEmpty())
            m_failure = what;
    }
    template<class T>
    void compareResult(const Sojourn::Result<T> &result, const std::optional<Sojourn::Error::Code> &expected,
                       const QString &what);

    World m_world;
    Model m_model;
    std::array<Client, OperationGenerator::Clients> m_clients;
    std::array<std::unique_ptr<Held>, OperationGenerator::Slots> m_held;
    QSet<Sojourn::SessionKey> m_swept; // expired records that the store swept when it met them
    QString m_failure;
    int m_count = 0;
};

// SPDX-License-Identifier: MIT
#pragma once

// How SessionManager::route() calls an application's function. Not API for applications.

#include "guard.h"
#include "sessionresponder.h"

#include <Sojourn/Session>
#include <Sojourn/moveonlyfunction.h>

#include <QtCore/QFuture>
#include <QtCore/QRegularExpression>
#include <QtCore/QVariant>
#include <QtHttpServer/qhttpserverrequest.h>

#include <optional>
#include <tuple>

namespace Sojourn::Detail {

/// One call of a route's handler.
class SOJOURN_HTTPSERVER_EXPORT RouteCall
{
public:
    RouteCall(std::unique_ptr<Exchange> &exchange, const QRegularExpressionMatch &match, const QHttpServerRequest &request);
    Q_DISABLE_COPY_MOVE(RouteCall)

    /// Calls the handler.
    std::optional<QHttpServerResponse> run();

    Session &session() { return m_session; }
    const QHttpServerRequest &request() const { return m_request; }
    /// From now on the answer comes through the responder.
    SessionResponder takeResponder();
    [[nodiscard]] QHttpServerResponse refuse(const Guard::Refusal &refusal) const;
    /// The answer is what \a future brings; 500 if it brings none.
    void answerWith(QFuture<QHttpServerResponse> future);

    template<class T>
    T captured(int index) const
    {
        if constexpr (std::same_as<T, QString>)
            return m_match.captured(index + 1);
        else
            return QVariant(m_match.captured(index + 1)).value<T>();
    }

private:
    std::unique_ptr<Exchange> &m_exchange;
    const QRegularExpressionMatch &m_match;
    const QHttpServerRequest &m_request;
    Session m_session;
};

/// A handler of any signature; without a response the answer comes later.
using RouteFunction = MoveOnlyFunction<std::optional<QHttpServerResponse>(RouteCall &)>;

template<class Handler>
struct Guarded
{
    Guard guard;
    Handler handler;
};

template<class R, class... A>
struct SignatureOf
{
    using Return = R;
    using Arguments = std::tuple<A...>;
    static constexpr bool IsGuarded = false;
};

template<class F>
struct Signature : SignatureOf<void>
{
    static_assert(sizeof(F) == 0,
                  "Sojourn: a route's handler is a function, or an object with one operator() that is no template.");
};
template<class F>
    requires requires { &F::operator(); }
struct Signature<F> : Signature<decltype(&F::operator())>
{ };
template<class R, class... A>
struct Signature<R (*)(A...)> : SignatureOf<R, A...>
{ };
template<class R, class... A>
struct Signature<R (*)(A...) noexcept> : SignatureOf<R, A...>
{ };
template<class C, class R, class... A>
struct Signature<R (C::*)(A...)> : SignatureOf<R, A...>
{ };
template<class C, class R, class... A>
struct Signature<R (C::*)(A...) const> : SignatureOf<R, A...>
{ };
template<class C, class R, class... A>
struct Signature<R (C::*)(A...) noexcept> : SignatureOf<R, A...>
{ };
template<class C, class R, class... A>
struct Signature<R (C::*)(A...) const noexcept> : SignatureOf<R, A...>
{ };
template<class Handler>
struct Signature<Guarded<Handler>> : Signature<Handler>
{
    static constexpr bool IsGuarded = true;
};

template<class A, class T>
constexpr bool Is = std::same_as<std::remove_cvref_t<A>, T>;
template<class A>
constexpr bool IsSpecial = Is<A, Session> || Is<A, QHttpServerRequest> || Is<A, SessionResponder>;

template<class Handler>
struct HandlerShape
{
    using Arguments = typename Signature<Handler>::Arguments;
    using Return = typename Signature<Handler>::Return;
    static constexpr int ArgumentCount = std::tuple_size_v<Arguments>;
    using Indexes = std::make_index_sequence<ArgumentCount>;

    template<int I>
    using Argument = std::tuple_element_t<I, Arguments>;

    template<class T>
    static constexpr int count()
    {
        return []<size_t... I>(std::index_sequence<I...>) { return (0 + ... + Is<Argument<I>, T>); }(Indexes{});
    }

    static constexpr int CaptureCount = ArgumentCount - count<Session>() - count<QHttpServerRequest>()
                                      - count<SessionResponder>();
    static constexpr bool AnswersLater = count<SessionResponder>() > 0;
    static constexpr bool AnswersByFuture = std::same_as<Return, QFuture<QHttpServerResponse>>;
    static constexpr bool UsesSession = count<Session>() > 0 || Signature<Handler>::IsGuarded;

    static constexpr bool check()
    {
        static_assert(
            !std::is_member_function_pointer_v<Handler>,
            "Sojourn: a pointer to a member function has no object to call it on: give a lambda that captures the object.");
        []<size_t... I>(std::index_sequence<I...>) {
            static_assert((!Is<Argument<I>, QHttpServerResponder> && ...),
                          "Sojourn: a session route takes a SessionResponder in place of QHttpServerResponder, because it saves "
                          "the session "
                          "before it writes.");
            static_assert(
                ((IsSpecial<Argument<I>> == (int(I) >= CaptureCount)) && ...),
                "Sojourn: the arguments of a route's handler are first those captured from the path, then any of Session &, "
                "const QHttpServerRequest & and SessionResponder.");
            static_assert(((!Is<Argument<I>, QHttpServerRequest> || std::same_as<Argument<I>, const QHttpServerRequest &>)
                           && ...),
                          "Sojourn: take the request as const QHttpServerRequest &.");
            static_assert(((!Is<Argument<I>, SessionResponder> || !std::is_lvalue_reference_v<Argument<I>>) && ...),
                          "Sojourn: take the SessionResponder by value; it is yours to keep.");
            static_assert(((!std::is_pointer_v<std::remove_reference_t<Argument<I>>>) && ...),
                          "Sojourn: no argument of a route's handler is a pointer: take Session &, const QHttpServerRequest & "
                          "and what the path captured by value.");
            static_assert(((IsSpecial<Argument<I>> || !std::is_lvalue_reference_v<Argument<I>>
                            || std::is_const_v<std::remove_reference_t<Argument<I>>>)
                           && ...),
                          "Sojourn: take what the path captured by value or const reference.");
        }(Indexes{});
        static_assert(count<Session>() <= 1 && count<QHttpServerRequest>() <= 1 && count<SessionResponder>() <= 1,
                      "Sojourn: a route's handler takes at most one Session, one request and one SessionResponder.");
        static_assert(AnswersLater == std::is_void_v<Return>,
                      "Sojourn: a route's handler returns its response, or takes a SessionResponder and returns void.");
        static_assert(AnswersLater || AnswersByFuture || std::is_constructible_v<QHttpServerResponse, Return>,
                      "Sojourn: QHttpServerResponse cannot be made from what this route's handler returns.");
        return true;
    }

    /// A function of the captured arguments alone, from which QHttpServerRouter learns their types.
    template<class Sequence = std::make_index_sequence<CaptureCount>>
    struct Captures;
    template<size_t... I>
    struct Captures<std::index_sequence<I...>>
    {
        using Function = void (*)(std::remove_cvref_t<Argument<I>>...);
    };

    template<int I>
    static decltype(auto) argument(RouteCall &call)
    {
        using T = std::remove_cvref_t<Argument<I>>;
        if constexpr (std::same_as<T, Session>)
            return call.session();
        else if constexpr (std::same_as<T, QHttpServerRequest>)
            return call.request();
        else if constexpr (std::same_as<T, SessionResponder>)
            return call.takeResponder();
        else
            return call.captured<T>(I);
    }
};

template<class Handler>
std::optional<QHttpServerResponse> invoke(Handler &handler, RouteCall &call)
{
    using R = HandlerShape<Handler>;
    return [&]<size_t... I>(std::index_sequence<I...>) -> std::optional<QHttpServerResponse> {
        if constexpr (R::AnswersLater) {
            handler(R::template argument<I>(call)...);
            return std::nullopt;
        } else if constexpr (R::AnswersByFuture) {
            call.answerWith(handler(R::template argument<I>(call)...));
            return std::nullopt;
        } else {
            return QHttpServerResponse(handler(R::template argument<I>(call)...));
        }
    }(typename R::Indexes{});
}

template<class Handler>
std::optional<QHttpServerResponse> invoke(Guarded<Handler> &guarded, RouteCall &call)
{
    if (const auto refusal = guarded.guard.check(call.session(), call.request()))
        return call.refuse(*refusal);
    return invoke(guarded.handler, call);
}

} // namespace Sojourn::Detail

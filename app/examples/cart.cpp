// SPDX-License-Identifier: MIT
// A cart in one page: a value type of the application's own, sessions in an SQLite file, a form with a CSRF token, a message that
// is shown once.
#include <Sojourn/SessionManager>
#include <Sojourn/SqliteStore>

#include <QtCore/QCoreApplication>
#include <QtNetwork/QTcpServer>

#include <cstdio>

using Sojourn::Session;
using Sojourn::SessionManager;
using Method = QHttpServerRequest::Method;

struct Cart
{
    Q_GADGET
    Q_PROPERTY(QStringList items MEMBER items)
    Q_PROPERTY(double total MEMBER total)
public:
    QStringList items;
    double total = 0;
};

namespace {

QHttpServerResponse cartPage(Session &session)
{
    const Cart cart = session.get<Cart>("cart").value_or(Cart());
    QString body;
    const QJsonArray messages = session.flash(); // shown once
    for (const QJsonValue &message : messages)
        body += "<p><b>" + message.toString().toHtmlEscaped() + "</b></p>";
    for (const QString &item : cart.items)
        body += "<li>" + item.toHtmlEscaped() + "</li>";
    body += QStringLiteral("<p>Total %1</p><form method=post action=/add><input type=hidden name=csrf value=\"%2\">"
                           "<input name=item placeholder=Item> <input name=price placeholder=Price> <button>Add</button></form>")
                .arg(QString::number(cart.total, 'f', 2), session.csrfToken());
    return QHttpServerResponse("text/html; charset=utf-8", ("<!doctype html><title>Cart</title>" + body).toUtf8());
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);

    Sojourn::SessionOptions options;
    options.cookie.secure = false; // for plain http on this machine; leave it out behind TLS
    SessionManager sessions(std::make_shared<Sojourn::SqliteStore>(argc > 2 ? argv[2] : "cart.db"), options);
    QHttpServer server;

    const auto addItem = [](Session &session, const QHttpServerRequest &request) {
        const QString item = SessionManager::formField(request, "item").trimmed();
        bool isPrice = false;
        const double price = SessionManager::formField(request, "price").toDouble(&isPrice);
        if (item.isEmpty() || !isPrice) {
            session.addFlash("An item has a name and a price.");
        } else {
            Cart cart = session.get<Cart>("cart").value_or(Cart());
            cart.items.append(item);
            cart.total += price;
            session.insert("cart", cart);
            session.addFlash(item + " is in your cart.");
        }
        return SessionManager::redirect("/");
    };
    const bool ready = sessions.route(&server, "/", Method::Get, cartPage)
                    && sessions.route(&server, "/add", Method::Post, SessionManager::requireCsrfToken(addItem));
    if (!ready)
        return 1; // the log says which route, and why

    auto tcpServer = std::make_unique<QTcpServer>();
    if (!tcpServer->listen(QHostAddress::LocalHost, argc > 1 ? QByteArray(argv[1]).toUShort() : quint16(8082)))
        return 1;
    std::printf("listening on http://127.0.0.1:%d/\n", tcpServer->serverPort());
    std::fflush(stdout);
    server.bind(tcpServer.release());
    return application.exec();
}

#include "cart.moc"

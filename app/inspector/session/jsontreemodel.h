// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionData>

#include <QtCore/QAbstractItemModel>
#include <QtCore/QJsonValue>

#include <memory>
#include <vector>

namespace Sojourn::Inspector {

/// The attributes of a session as a typed tree. Large containers are taken apart as they are looked at, so that they stay quick.
/// The model changes nothing by itself: an edit becomes a wish for a new value of its attribute, and setAttributes() brings what
/// the store made of it.
class JsonTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Name, Value, Type, ColumnCount };
    enum Role {
        JsonRole = Qt::UserRole, ///< the QJsonValue
        PathRole,                ///< "cart[0].sku"
        SecretRole,              ///< whether the value is masked
        StatusRole,              ///< the text of the edit's status, empty for none
        FailureRole,             ///< the same where the edit did not happen
    };
    enum class EditStatus : quint8 { None, Saving, Saved, Conflict, Failed };

    explicit JsonTreeModel(QObject *parent = nullptr);
    ~JsonTreeModel() override;

    void setAttributes(const SessionData &data);
    [[nodiscard]] QJsonObject attributes() const;
    void setEditable(bool editable) { m_editable = editable; }
    void setSecretsShown(bool shown);
    [[nodiscard]] bool secretsShown() const { return m_secretsShown; }
    void setStatus(const QString &attribute, EditStatus status, const QString &text = {});
    /// Edits that did not happen are past: another has.
    void clearFailures();

    /// The name of the attribute that \a index lies in.
    [[nodiscard]] QString attributeOf(const QModelIndex &index) const;
    [[nodiscard]] bool isAttribute(const QModelIndex &index) const { return index.isValid() && !index.parent().isValid(); }
    /// Wishes for the value at \a index without its child at that place, or the whole attribute.
    void removeAt(const QModelIndex &index);
    /// Wishes for a new attribute, or where \a parent is a container for a new entry in it.
    void add(const QModelIndex &parent, const QString &name, const QJsonValue &value);
    void rename(const QModelIndex &index, const QString &name);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex & = {}) const override { return ColumnCount; }
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    [[nodiscard]] static QString typeName(QJsonValue::Type type);

Q_SIGNALS:
    void setWanted(const QString &attribute, const QJsonValue &value);
    void removeWanted(const QString &attribute);
    void renameWanted(const QString &attribute, const QString &newName);

private:
    struct Node
    {
        QString name; // empty for entries of arrays
        QJsonValue value;
        Node *parent = nullptr;
        std::vector<std::unique_ptr<Node>> children;
        [[nodiscard]] int size() const;
        [[nodiscard]] int row() const;
    };
    Node *node(const QModelIndex &index) const;
    QModelIndex indexOf(Node *node, int column = Name) const;
    static std::unique_ptr<Node> makeNode(Node *parent, const QString &name, const QJsonValue &value);
    static void addChildren(Node *node, int until);
    bool isWhole(const Node *node) const;
    void merge(Node *node, const QJsonValue &value);
    void wish(Node *changed, const QJsonValue &value);
    QString path(const Node *node) const;
    bool isSecret(const Node *node) const;

    std::unique_ptr<Node> m_root;
    struct Status
    {
        EditStatus status;
        QString text;
    };
    QHash<QString, Status> m_status;
    bool m_editable = false;
    bool m_secretsShown = false;
};

} // namespace Sojourn::Inspector

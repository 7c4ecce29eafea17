// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionData>

#include <QtCore/QAbstractItemModel>
#include <QtCore/QHash>
#include <QtCore/QJsonValue>

#include <memory>
#include <optional>
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
        DiffersRole,             ///< whether the value is another one in the reference
    };
    enum class EditStatus : quint8 { None, Saving, Saved, Conflict, Failed };
    /// How the edit of a place went, and what was typed there.
    struct ValueEdit
    {
        EditStatus status = EditStatus::None;
        QString text;
        QJsonValue typed{QJsonValue::Undefined}; ///< not in the store: editing goes on from it
    };
    /// A place in the attributes: the name of one, then names and positions inside it.
    using Path = QStringList;
    using Edits = QHash<Path, ValueEdit>;

    explicit JsonTreeModel(QObject *parent = nullptr);
    ~JsonTreeModel() override;

    void setAttributes(const SessionData &data);
    [[nodiscard]] QJsonObject attributes() const;
    /// The attributes of another session: what differs from them is marked. None for an undefined one.
    void setReference(const QJsonValue &reference);
    void setEditable(bool editable) { m_editable = editable; }
    void setSecretsShown(bool shown);
    [[nodiscard]] bool secretsShown() const { return m_secretsShown; }
    /// Shows at \a path how its edit goes. That it was saved is shown for a moment.
    void setEdit(const Path &path, const ValueEdit &edit);
    /// The edits of the session that is shown, and those of another one in their place.
    [[nodiscard]] const Edits &edits() const { return m_edits; }
    void setEdits(const Edits &edits);

    [[nodiscard]] Path pathOf(const QModelIndex &index) const;
    /// What is at \a path now; the root for an empty one, and nothing where there is no such place.
    [[nodiscard]] std::optional<QModelIndex> indexAt(const Path &path);
    [[nodiscard]] bool isAttribute(const QModelIndex &index) const { return index.isValid() && !index.parent().isValid(); }
    /// Whether the value at \a index cannot be edited in one line: it is long, has several lines, or characters that a line edit
    /// changes.
    [[nodiscard]] static bool needsPage(const QModelIndex &index);
    /// The value at \a index as it may be copied: secrets are masked unless they are shown.
    [[nodiscard]] QJsonValue copyOf(const QModelIndex &index) const;
    /// Wishes for \a value at \a index.
    void setValue(const QModelIndex &index, const QJsonValue &value);
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
    /// \a path is where \a value differs from the present one.
    void setWanted(const QString &attribute, const QJsonValue &value, const QStringList &path);
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
    void wish(Node *changed, const QJsonValue &value, Path at = {});
    void fail(const Path &path, const QString &text, const QJsonValue &typed = QJsonValue::Undefined);
    void showEdit(const Path &path);
    Path pathOf(const Node *node) const;
    QString path(const Node *node) const;
    ValueEdit editOf(const Node *node) const;
    bool isSecret(const Node *node) const;
    QJsonValue referenceOf(const Node *node) const;
    bool differs(const Node *node) const;
    QString referenceText(const Node *node) const;

    std::unique_ptr<Node> m_root;
    Edits m_edits;
    QJsonValue m_reference{QJsonValue::Undefined};
    bool m_editable = false;
    bool m_secretsShown = false;
};

} // namespace Sojourn::Inspector

// Generated from schemas/ by `npm run generate`; do not edit.
import type { Conditions, Data, Json, Output, Parameter, Select, StepName, StoragePath, Variable } from '../references.ts';

/** Policy. */
export interface Policy {
  /**
   * Scene that is chosen for the run.
   * 运行时选择的场景。
   * @see API reference, WorkflowPolicy
   */
  readonly use_scene?: string;
  /**
   * Id of the chosen scene.
   * 所选场景的 ID。
   * @see API reference, WorkflowPolicy
   */
  readonly scene_id?: string;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Gallery. */
export interface Gallery {
  /**
   * Asset to publish a new version of; a new asset when absent.
   * 已有资产的 ID；缺省时发布新资产。
   * @see guide 5.9.2
   */
  readonly content_id?: string;
  /**
   * Version of the asset; counted up when absent.
   * 资产版本，缺省时自动递增。
   * @see guide 5.9.2
   */
  readonly version?: string;
  /**
   * Description of the version.
   * 版本描述。
   * @see guide 5.9.2
   */
  readonly desc?: string;
  /**
   * Title of the asset; the workflow's name when absent.
   * 资产标题，默认为工作流名称。
   * @see guide 5.9.2
   */
  readonly title?: string;
  /**
   * Who can see the asset.
   * 可见范围。
   * @default private
   * @see guide 5.9.2
   */
  readonly visibility?: "public" | "group" | "private";
  /**
   * Users of the white list, with `visibility: group`.
   * 白名单用户，用于 `visibility: group`。
   * @see guide 5.9.2
   */
  readonly group_users?: readonly string[] | string;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Schedule. */
export interface Schedule {
  /**
   * When to start: six fields, the second first.
   * 触发时间：六段 cron 表达式，首段为秒。
   * @see API reference, WorkflowSchedule
   */
  readonly cron: string;
  /**
   * Whether the schedule is active.
   * 是否启用。
   * @default true
   * @see API reference, WorkflowSchedule
   */
  readonly enable?: boolean;
  /**
   * What happens when a run fails.
   * 运行失败时的处理。
   * @see API reference, WorkflowSchedulePolicies
   */
  readonly on_failure?: "retry" | (string & {});
  /**
   * What happens when a run is still going.
   * 仍在运行时的处理。
   * @see API reference, WorkflowSchedulePolicies
   */
  readonly on_running?: "cancel" | (string & {});
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Notification. */
export interface Notification {
  /**
   * Topic of the message service.
   * 消息通知服务的主题 URN。
   * @see API reference, Subscription
   */
  readonly topic_urn: string;
  /**
   * Step whose events are told; the whole workflow when absent.
   * 订阅的节点，缺省为整个工作流。
   * @see API reference, Subscription
   */
  readonly step?: string;
  /**
   * States that are told.
   * 订阅的状态。
   * @see API reference, Subscription
   */
  readonly events: readonly ("completed" | "failed" | "create_failed" | "wait_inputs" | "hold" | "stop" | "stopped" | "timeout" | (string & {}))[] | "completed" | "failed" | "create_failed" | "wait_inputs" | "hold" | "stop" | "stopped" | "timeout" | (string & {});
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Workflow. 工作流 */
export interface WorkflowSettings {
  /**
   * Free text.
   * 工作流描述。
   * @see guide 5.1.1, table 5-1 (desc)
   */
  readonly description?: string;
  /**
   * Labels to find the workflow by.
   * 标签。
   * @see API reference, WorkflowParam
   */
  readonly labels?: readonly string[] | string;
  /**
   * Workspace; "0" is the default one.
   * 工作空间 ID，"0" 为默认。
   * @see API reference, WorkflowParam
   */
  readonly workspace_id?: string;
  /**
   * Which scene runs.
   * 部分运行策略。
   * @see API reference, WorkflowPolicy
   */
  readonly policy?: Policy;
  /**
   * How the workflow is published to AI Gallery. Not part of the request body.
   * 发布到 AI Gallery 的设置，不进入请求体。
   * @see guide 5.9.2
   */
  readonly gallery?: Gallery;
  /**
   * Timed start, applied on release. Not part of the request body.
   * 定时运行，发布时生效，不进入请求体。
   * @see API reference, WorkflowSchedule
   */
  readonly schedule?: Schedule;
  /**
   * Messages about states, subscribed on release. Not part of the request body.
   * 消息通知，发布时订阅，不进入请求体。
   * @see API reference, Subscription
   */
  readonly notifications?: readonly Notification[] | Notification;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Parameter. 参数 */
export interface ParameterSettings {
  /**
   * Type of the value.
   * 参数类型。
   * @see guide 5.2.2
   */
  readonly type: "int" | "str" | "bool" | "float" | "enum" | "json" | "list";
  /**
   * Value when none is given; of the declared type.
   * 默认值，须与类型一致。
   * @see guide 5.2.2
   */
  readonly default?: Json;
  /**
   * Current value; wins over `default`.
   * 当前值，优先于 `default`。
   * @see API reference, WorkflowParameter
   */
  readonly value?: Json;
  /**
   * How the value is asked for and checked; for a list the type of its items.
   * 参数格式；列表类型时为元素类型。
   * @see guide 5.2.2
   */
  readonly format?: "obs" | "flavor" | "train_flavor" | "swr" | "cluster" | "schedule" | "str" | "int" | "float" | "bool" | (string & {});
  /**
   * Type of the items of a list; the same as `format`.
   * 列表元素的类型，等同于 `format`。
   * @see guide 5.2.2 (placeholder_format)
   */
  readonly items?: "str" | "int" | "float" | "bool" | (string & {});
  /**
   * Values to choose from; mandatory for type `enum`.
   * 可选值列表，`enum` 类型必填。
   * @see guide 5.2.2
   */
  readonly enum?: readonly Json[];
  /**
   * true: asked when the step is reached, which then waits.
   * 为 true 时，运行到使用该参数的节点时再输入。
   * @default false
   * @see guide 5.2.2
   */
  readonly delay?: boolean;
  /**
   * false: may be left empty. Not together with `delay`.
   * 为 false 时可不填；不能与 `delay` 同时使用。
   * @default true
   * @see guide 5.2.2
   */
  readonly required?: boolean;
  /**
   * Shown to whoever runs the workflow.
   * 展示给使用者的描述。
   * @see guide 5.2.2
   */
  readonly description?: string;
  /**
   * Sample value.
   * 示例值。
   * @see API reference, WorkflowParameter
   */
  readonly example?: Json;
  /**
   * Limits of a training flavor, such as `flavor_type: [GPU]`.
   * 训练规格的约束，例如 `flavor_type: [GPU]`。
   * @see guide 5.2.2; API reference, WorkflowParameter
   */
  readonly constraint?: Json;
  /**
   * Asked for or taken from the environment, masked in logs, never stored. Weft's own.
   * 从环境变量读取或运行时输入，日志中隐藏，不落盘。Weft 扩展。
   * @default false
   * @see Weft
   */
  readonly secret?: boolean;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Storage. 存储 */
export interface StorageSettings {
  /**
   * `input` and `output` set the two flags as InputStorage and OutputStorage do.
   * `input`、`output` 分别对应 InputStorage 与 OutputStorage 的两个开关。
   * @see guide 5.3
   */
  readonly kind?: "input" | "output";
  /**
   * Display title; the name when absent.
   * 展示标题，默认为名称。
   * @see guide 5.3
   */
  readonly title?: string;
  /**
   * Free text.
   * 描述。
   * @see guide 5.3
   */
  readonly description?: string;
  /**
   * Only `obs`.
   * 仅支持 `obs`。
   * @see API reference, WorkflowStorage
   */
  readonly type?: "obs";
  /**
   * Root path: `/bucket/folder/`. Asked for before the run when absent.
   * 根路径：`/桶名/目录/`；缺省时运行前输入。
   * @see guide 5.3.5; 3.2.6
   */
  readonly default?: string;
  /**
   * The directory is made by the system. Directories only, never files.
   * 由系统创建目录；只能用于目录，不能用于文件。
   * @default false
   * @see guide 5.3
   */
  readonly create_dir?: boolean;
  /**
   * The run's id goes into the path after the root, so that runs do not mix. Needs `create_dir`.
   * 在根路径后加入执行 ID，避免多次运行互相覆盖；需要 `create_dir`。
   * @default false
   * @see guide 5.3
   */
  readonly with_execution_id?: boolean;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Dataset. 数据集 */
export interface Dataset {
  /**
   * Name of an existing dataset.
   * 已有数据集的名称。
   * @see guide 5.1.3, table 5-4
   */
  readonly dataset_name?: string | Parameter;
  /**
   * Version of the dataset; needed where a job reads it.
   * 数据集版本；用于作业类型节点时必填。
   * @see guide 5.1.3, table 5-4
   */
  readonly version_name?: string | Parameter;
  /**
   * Id of the dataset, as the service writes it.
   * 数据集 ID（服务返回的写法）。
   * @see API reference, JobInput
   */
  readonly dataset_id?: string;
  /**
   * Id of the version, as the service writes it.
   * 数据集版本 ID（服务返回的写法）。
   * @see API reference, JobInput
   */
  readonly version_id?: string;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Dataset. 数据集 */
export interface DatasetData {
  /**
   * Fixed data. Without it the data is asked for.
   * 固定的数据；缺省时由使用者选择。
   * @see guide 5.1.3, tables 5-4 to 5-9
   */
  readonly value?: Dataset;
  /**
   * true: asked when the step is reached, which then waits; false: asked before the run.
   * 为 true 时运行到节点时再选择；为 false 时运行前选择。
   * @default false
   * @see guide 5.1.3, tables 5-10 to 5-16
   */
  readonly delay?: boolean;
  /**
   * What is taken when nothing else is chosen.
   * 默认数据。
   * @see guide 5.1.3
   */
  readonly default?: Dataset;
  /**
   * Only datasets of this kind of data can be chosen.
   * 限定数据集的数据类型。
   * @see guide 5.1.3, table 5-10
   */
  readonly data_type?: "IMAGE" | "TEXT" | "AUDIO" | "TABULAR" | "VIDEO" | "FREE_FORMAT" | "TABLE" | "PLAIN";
  /**
   * Further limits on what may be chosen: attribute and the value it must equal.
   * 对可选数据的其他约束：属性与其必须等于的值。
   * @see API reference, Constraint
   */
  readonly constraints?: Readonly<Record<string, Json | { readonly [name: string]: unknown } | Parameter>>;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Labelling task. 标注任务 */
export interface LabellingTask {
  /**
   * Name of the dataset that the task belongs to.
   * 标注任务所属数据集的名称。
   * @see guide 5.1.3, table 5-5
   */
  readonly dataset_name: string | Parameter;
  /**
   * Name of an existing labelling task.
   * 已有标注任务的名称。
   * @see guide 5.1.3, table 5-5
   */
  readonly task_name: string | Parameter;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Labelling task. 标注任务 */
export interface LabelTaskData {
  /**
   * Fixed data. Without it the data is asked for.
   * 固定的数据；缺省时由使用者选择。
   * @see guide 5.1.3, tables 5-4 to 5-9
   */
  readonly value?: LabellingTask;
  /**
   * true: asked when the step is reached, which then waits; false: asked before the run.
   * 为 true 时运行到节点时再选择；为 false 时运行前选择。
   * @default false
   * @see guide 5.1.3, tables 5-10 to 5-16
   */
  readonly delay?: boolean;
  /**
   * What is taken when nothing else is chosen.
   * 默认数据。
   * @see guide 5.1.3
   */
  readonly default?: LabellingTask;
  /**
   * Only labelling tasks of this kind can be chosen.
   * 限定标注任务类型。
   * @see guide 5.1.3, table 5-12
   */
  readonly task_type?: "IMAGE_CLASSIFICATION" | "OBJECT_DETECTION" | "IMAGE_SEGMENTATION" | "TEXT_CLASSIFICATION" | "NAMED_ENTITY_RECOGNITION" | "TEXT_TRIPLE" | "AUDIO_CLASSIFICATION" | "SPEECH_CONTENT" | "SPEECH_SEGMENTATION" | "DATASET_TABULAR" | "VIDEO_ANNOTATION" | "FREE_FORMAT" | "TABLE";
  /**
   * Further limits on what may be chosen: attribute and the value it must equal.
   * 对可选数据的其他约束：属性与其必须等于的值。
   * @see API reference, Constraint
   */
  readonly constraints?: Readonly<Record<string, Json | { readonly [name: string]: unknown } | Parameter>>;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Path. 路径 */
export interface Path {
  /**
   * Path in object storage, or `./` relative to this file. A directory ends with `/`.
   * OBS 路径，或以 `./` 开头相对于本文件的路径。目录以 `/` 结尾。
   * @see guide 5.1.3, table 5-6
   */
  readonly obs_path: string | Parameter | StoragePath;
  /**
   * Kind of object, as the service writes it.
   * 对象类型（服务返回的写法）。
   * @see API reference, DataRequirement.value
   */
  readonly object_type?: Json;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Path. 路径 */
export interface ObsData {
  /**
   * Fixed data. Without it the data is asked for.
   * 固定的数据；缺省时由使用者选择。
   * @see guide 5.1.3, tables 5-4 to 5-9
   */
  readonly value?: Path | string | Parameter | StoragePath;
  /**
   * true: asked when the step is reached, which then waits; false: asked before the run.
   * 为 true 时运行到节点时再选择；为 false 时运行前选择。
   * @default false
   * @see guide 5.1.3, tables 5-10 to 5-16
   */
  readonly delay?: boolean;
  /**
   * What is taken when nothing else is chosen.
   * 默认数据。
   * @see guide 5.1.3
   */
  readonly default?: Path | string | Parameter | StoragePath;
  /**
   * What may be chosen: a file or a directory.
   * 可选对象的类型：文件或目录。
   * @see guide 5.1.3, table 5-11
   */
  readonly object_type?: "file" | "directory";
  /**
   * Further limits on what may be chosen: attribute and the value it must equal.
   * 对可选数据的其他约束：属性与其必须等于的值。
   * @see API reference, Constraint
   */
  readonly constraints?: Readonly<Record<string, Json | { readonly [name: string]: unknown } | Parameter>>;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Image. 镜像 */
export interface Image {
  /**
   * Container image: `organisation/name:tag`, without the registry's host.
   * 容器镜像：`组织/名称:标签`，不含仓库地址。
   * @see guide 5.1.3, table 5-8
   */
  readonly swr_path: string | Parameter;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Image. 镜像 */
export interface SwrData {
  /**
   * Fixed data. Without it the data is asked for.
   * 固定的数据；缺省时由使用者选择。
   * @see guide 5.1.3, tables 5-4 to 5-9
   */
  readonly value?: Image | string | Parameter;
  /**
   * true: asked when the step is reached, which then waits; false: asked before the run.
   * 为 true 时运行到节点时再选择；为 false 时运行前选择。
   * @default false
   * @see guide 5.1.3, tables 5-10 to 5-16
   */
  readonly delay?: boolean;
  /**
   * What is taken when nothing else is chosen.
   * 默认数据。
   * @see guide 5.1.3
   */
  readonly default?: Image | string | Parameter;
  /**
   * Further limits on what may be chosen: attribute and the value it must equal.
   * 对可选数据的其他约束：属性与其必须等于的值。
   * @see API reference, Constraint
   */
  readonly constraints?: Readonly<Record<string, Json | { readonly [name: string]: unknown } | Parameter>>;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Gallery model. 订阅模型 */
export interface GalleryModel {
  /**
   * Subscription of the model in AI Gallery.
   * AI Gallery 模型的订阅 ID。
   * @see guide 5.1.3, table 5-9
   */
  readonly subscription_id: string | Parameter;
  /**
   * Version number of the subscribed model.
   * 订阅模型的版本号。
   * @see guide 5.1.3, table 5-9
   */
  readonly version_num: string | Parameter;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Gallery model. 订阅模型 */
export interface ModelData {
  /**
   * Fixed data. Without it the data is asked for.
   * 固定的数据；缺省时由使用者选择。
   * @see guide 5.1.3, tables 5-4 to 5-9
   */
  readonly value?: GalleryModel;
  /**
   * true: asked when the step is reached, which then waits; false: asked before the run.
   * 为 true 时运行到节点时再选择；为 false 时运行前选择。
   * @default false
   * @see guide 5.1.3, tables 5-10 to 5-16
   */
  readonly delay?: boolean;
  /**
   * What is taken when nothing else is chosen.
   * 默认数据。
   * @see guide 5.1.3
   */
  readonly default?: GalleryModel;
  /**
   * Further limits on what may be chosen: attribute and the value it must equal.
   * 对可选数据的其他约束：属性与其必须等于的值。
   * @see API reference, Constraint
   */
  readonly constraints?: Readonly<Record<string, Json | { readonly [name: string]: unknown } | Parameter>>;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Service. 服务 */
export interface Service {
  /**
   * Id of a deployed service, to update it.
   * 已部署服务的 ID，用于更新服务。
   * @see guide 5.1.3, table 5-7
   */
  readonly service_id: string | Parameter;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Service. 服务 */
export interface ServiceData {
  /**
   * Fixed data. Without it the data is asked for.
   * 固定的数据；缺省时由使用者选择。
   * @see guide 5.1.3, tables 5-4 to 5-9
   */
  readonly value?: Service | string | Parameter;
  /**
   * true: asked when the step is reached, which then waits; false: asked before the run.
   * 为 true 时运行到节点时再选择；为 false 时运行前选择。
   * @default false
   * @see guide 5.1.3, tables 5-10 to 5-16
   */
  readonly delay?: boolean;
  /**
   * What is taken when nothing else is chosen.
   * 默认数据。
   * @see guide 5.1.3
   */
  readonly default?: Service | string | Parameter;
  /**
   * Further limits on what may be chosen: attribute and the value it must equal.
   * 对可选数据的其他约束：属性与其必须等于的值。
   * @see API reference, Constraint
   */
  readonly constraints?: Readonly<Record<string, Json | { readonly [name: string]: unknown } | Parameter>>;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Custom spec. */
export interface CustomSpec {
  /**
   * Cores.
   * CPU 核数。
   * @see guide 5.4.7.4; 5.12.5
   */
  readonly cpu: number;
  /**
   * Memory, MB.
   * 内存（MB）。
   * @see guide 5.4.7.4; 5.12.5
   */
  readonly memory: number;
  /**
   * GPUs.
   * GPU 数。
   * @see SDK 12.3
   */
  readonly gpu_p4?: number;
  /**
   * Ascend 310 chips.
   * 昇腾 310 数。
   * @see SDK 12.3
   */
  readonly ascend_a310?: number;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Model to deploy. 待部署模型 */
export interface ModelToDeploy {
  /**
   * Name of the model; the same in all entries.
   * 模型名称，各项必须一致。
   * @see guide 5.4.7.4
   */
  readonly model_name: string | Parameter;
  /**
   * Version of the model; different in all entries.
   * 模型版本，各项不能重复。
   * @see guide 5.4.7.4
   */
  readonly model_version: string | Parameter;
  /**
   * Flavor of the instance, or `custom` together with `custom_spec`.
   * 实例规格，或 `custom`（需填写 `custom_spec`）。
   * @see guide 5.4.7.4
   */
  readonly specification: string;
  /**
   * Share of the traffic in percent; all entries together make 100.
   * 流量权重（百分比），各项之和为 100。
   * @see guide 5.4.7.4
   */
  readonly weight: number;
  /**
   * Number of instances.
   * 实例数。
   * @see SDK 12.3; API 11
   */
  readonly instance_count?: number;
  /**
   * Environment variables of the model.
   * 模型的环境变量。
   * @see guide 5.4.7.4
   */
  readonly envs?: Readonly<Record<string, Json | { readonly [name: string]: unknown } | Parameter | Variable>>;
  /**
   * Dedicated pool; wins over that of the service.
   * 专属资源池 ID，优先于服务的设置。
   * @see guide 5.4.7.4
   */
  readonly cluster_id?: string;
  /**
   * Size of the instance for `specification: custom`.
   * `specification: custom` 时的自定义规格。
   * @see guide 5.4.7.4; 5.12.5
   */
  readonly custom_spec?: CustomSpec;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Models to deploy. 待部署模型 */
export interface ModelListData {
  /**
   * true: asked when the step is reached, which then waits; false: asked before the run.
   * 为 true 时运行到节点时再选择；为 false 时运行前选择。
   * @default true
   * @see guide 5.1.3, tables 5-10 to 5-16
   */
  readonly delay?: boolean;
  /**
   * What is taken when nothing else is chosen.
   * 默认数据。
   * @see guide 5.1.3
   */
  readonly default?: readonly ModelToDeploy[] | { readonly [name: string]: Json } | Parameter;
  /**
   * Only versions of this model can be chosen; normally the parameter that names the model registered upstream.
   * 只能选择该模型的版本；通常与上游模型注册节点使用同一参数。
   * @see guide 5.1.3, table 5-15
   */
  readonly model_name?: string | Parameter;
  /**
   * Version to take.
   * 模型版本。
   * @see guide 5.1.3, table 5-15
   */
  readonly model_version?: string | Parameter;
  /**
   * Environment variables of the models.
   * 模型的环境变量。
   * @see guide 5.1.3, table 5-15
   */
  readonly envs?: Readonly<Record<string, Json | { readonly [name: string]: unknown } | Parameter | Variable>>;
  /**
   * Further limits on what may be chosen: attribute and the value it must equal.
   * 对可选数据的其他约束：属性与其必须等于的值。
   * @see API reference, Constraint
   */
  readonly constraints?: Readonly<Record<string, Json | { readonly [name: string]: unknown } | Parameter>>;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Choice of data. 数据选择 */
export interface DataSelectorData {
  /**
   * true: asked when the step is reached, which then waits; false: asked before the run.
   * 为 true 时运行到节点时再选择；为 false 时运行前选择。
   * @default false
   * @see guide 5.1.3, tables 5-10 to 5-16
   */
  readonly delay?: boolean;
  /**
   * What is taken when nothing else is chosen.
   * 默认数据。
   * @see guide 5.1.3
   */
  readonly default?: Json;
  /**
   * Kinds of data to choose from.
   * 可选的数据类型。
   * @see guide 5.1.3, table 5-16
   */
  readonly data_type_list?: readonly ("obs" | "dataset" | (string & {}))[];
  /**
   * Further limits on what may be chosen: attribute and the value it must equal.
   * 对可选数据的其他约束：属性与其必须等于的值。
   * @see API reference, Constraint
   */
  readonly constraints?: Readonly<Record<string, Json | { readonly [name: string]: unknown } | Parameter>>;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Image. 镜像 */
export interface Image2 {
  /**
   * Container image: `organisation/name:tag`, without the registry's host.
   * 容器镜像：`组织/名称:标签`，不含仓库地址。
   * @see API reference, Data
   */
  readonly swr_path: string | Parameter;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Image. 镜像 */
export interface ImageData {
  /**
   * Fixed data. Without it the data is asked for.
   * 固定的数据；缺省时由使用者选择。
   * @see guide 5.1.3, tables 5-4 to 5-9
   */
  readonly value?: Image2 | string | Parameter;
  /**
   * true: asked when the step is reached, which then waits; false: asked before the run.
   * 为 true 时运行到节点时再选择；为 false 时运行前选择。
   * @default false
   * @see guide 5.1.3, tables 5-10 to 5-16
   */
  readonly delay?: boolean;
  /**
   * What is taken when nothing else is chosen.
   * 默认数据。
   * @see guide 5.1.3
   */
  readonly default?: Image2 | string | Parameter;
  /**
   * Further limits on what may be chosen: attribute and the value it must equal.
   * 对可选数据的其他约束：属性与其必须等于的值。
   * @see API reference, Constraint
   */
  readonly constraints?: Readonly<Record<string, Json | { readonly [name: string]: unknown } | Parameter>>;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Output. 输出 */
export interface CreateDatasetOutput {
  /**
   * Where the dataset keeps its files; not inside the input.
   * 数据集的输出路径，不能位于输入路径内。
   * @see guide 5.4.1, tables 5-20, 5-41
   */
  readonly obs_path: string | Parameter | StoragePath;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Data. 数据 */
export interface InlineData {
  /**
   * Name of an existing dataset.
   * 已有数据集的名称。
   * @see guide 5.1.3, table 5-4
   */
  readonly dataset_name?: string | Parameter;
  /**
   * Version of the dataset; needed where a job reads it.
   * 数据集版本；用于作业类型节点时必填。
   * @see guide 5.1.3, table 5-4
   */
  readonly version_name?: string | Parameter;
  /**
   * Name of an existing labelling task.
   * 已有标注任务的名称。
   * @see guide 5.1.3, table 5-5
   */
  readonly task_name?: string | Parameter;
  /**
   * Path in object storage, or `./` relative to this file. A directory ends with `/`.
   * OBS 路径，或以 `./` 开头相对于本文件的路径。目录以 `/` 结尾。
   * @see guide 5.1.3, table 5-6
   */
  readonly obs_path?: string | Parameter | StoragePath;
  /**
   * Container image: `organisation/name:tag`, without the registry's host.
   * 容器镜像：`组织/名称:标签`，不含仓库地址。
   * @see guide 5.1.3, table 5-8
   */
  readonly swr_path?: string | Parameter;
  /**
   * Subscription of the model in AI Gallery.
   * AI Gallery 模型的订阅 ID。
   * @see guide 5.1.3, table 5-9
   */
  readonly subscription_id?: string | Parameter;
  /**
   * Version number of the subscribed model.
   * 订阅模型的版本号。
   * @see guide 5.1.3, table 5-9
   */
  readonly version_num?: string | Parameter;
  /**
   * Id of a deployed service, to update it.
   * 已部署服务的 ID，用于更新服务。
   * @see guide 5.1.3, table 5-7
   */
  readonly service_id?: string | Parameter;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** What such an input reads. */
export type CreateDatasetInput = InlineData | string | StoragePath | Data<'obs'> | Output<'obs'> | Select<'obs'> | { readonly data: InlineData | string | StoragePath | Data<'obs'> | Output<'obs'> | Select<'obs'> };

/** Column. 列 */
export interface Column {
  /**
   * Number of the column, from 0.
   * 列序号，从 0 开始。
   * @see SDK 4.2 (column)
   */
  readonly schema_id?: number;
  /**
   * Name of the column.
   * 列名。
   * @see SDK 4.2 (column)
   */
  readonly name?: string;
  /**
   * Type of the column.
   * 列类型。
   * @see SDK 4.1 (schema column type)
   */
  readonly type?: "STRING" | "SHORT" | "INT" | "LONG" | "DOUBLE" | "FLOAT" | "BYTE" | "DATE" | "TIMESTAMP" | "BOOLEAN";
  /**
   * Free text.
   * 描述。
   * @see SDK 4.2 (column)
   */
  readonly description?: string;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Label. 标签 */
export interface Label {
  /**
   * Name of the label.
   * 标签名称。
   * @see guide 5.4.2, table 5-28
   */
  readonly name: string;
  /**
   * Colour, shortcut and the like, such as `@modelarts:color`.
   * 颜色、快捷键等属性，例如 `@modelarts:color`。
   * @see guide 5.4.2, table 5-28; SDK 7.1.2
   */
  readonly property?: Json | { readonly [name: string]: unknown } | Parameter;
  /**
   * Kind of label, as the number of the labelling task type.
   * 标签类型，取标注任务类型的数值。
   * @see guide 5.4.2, table 5-28; SDK 4.1
   */
  readonly type?: number | string;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Annotation format. 标注格式 */
export interface AnnotationFormat {
  /**
   * Layout in which the labels lie beside the data.
   * 标签数据的存放格式。
   * @see guide 5.4.1, table 5-23
   */
  readonly format_name?: "MA_IMAGE_CLASSIFICATION_V1" | "MA_IMAGENET_V1" | "MA_PASCAL_VOC_V1" | "YOLO" | "MA_IMAGE_SEGMENTATION_V1" | "MA_TEXT_CLASSIFICATION_COMBINE_V1" | "MA_TEXT_CLASSIFICATION_V1" | "MA_AUDIO_CLASSIFICATION_DIR_V1";
  /**
   * Kind of labelling that the format belongs to.
   * 标注场景。
   * @see guide 5.4.1, table 5-23
   */
  readonly scene?: "IMAGE_CLASSIFICATION" | "OBJECT_DETECTION" | "IMAGE_SEGMENTATION" | "TEXT_CLASSIFICATION" | "NAMED_ENTITY_RECOGNITION" | "TEXT_TRIPLE" | "AUDIO_CLASSIFICATION" | "SPEECH_CONTENT" | "SPEECH_SEGMENTATION" | "DATASET_TABULAR" | "VIDEO_ANNOTATION" | "FREE_FORMAT" | "TABLE";
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Import config. */
export interface ImportConfig {
  /**
   * Import the labels too.
   * 是否导入标签。
   * @default true
   * @see guide 5.4.1, table 5-22
   */
  readonly import_annotations?: true | false | "true" | "false" | Parameter;
  /**
   * What is imported.
   * 导入方式。
   * @see guide 5.4.1, table 5-22
   */
  readonly import_type?: "DIR" | "MANIFEST";
  /**
   * Layouts of the labels.
   * 标注格式。
   * @see guide 5.4.1, table 5-22
   */
  readonly annotation_format_config?: readonly AnnotationFormat[] | AnnotationFormat;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Properties. */
export interface Properties {
  /**
   * Name of the dataset. An existing one is used as it is.
   * 数据集名称；已存在时直接使用。
   * @see guide 5.4.1, table 5-21
   */
  readonly dataset_name: string | Parameter;
  /**
   * 0 files, 1 table.
   * 0 文件型，1 表格型。
   * @default 0
   * @see guide 5.4.1, table 5-21
   */
  readonly dataset_format?: 0 | 1;
  /**
   * Kind of data in the dataset.
   * 数据类型。
   * @default FREE_FORMAT
   * @see guide 5.4.1, table 5-21
   */
  readonly data_type?: "IMAGE" | "TEXT" | "AUDIO" | "TABULAR" | "VIDEO" | "FREE_FORMAT" | "TABLE" | "PLAIN";
  /**
   * Free text.
   * 描述。
   * @see guide 5.4.1, table 5-21
   */
  readonly description?: string;
  /**
   * Import the data at once; table data only.
   * 是否导入数据，仅用于表格数据。
   * @default false
   * @see guide 5.4.1, table 5-21
   */
  readonly import_data?: boolean;
  /**
   * Where the dataset keeps its files; only 0, OBS.
   * 工作目录类型，仅支持 0（OBS）。
   * @default 0
   * @see guide 5.4.1, table 5-21
   */
  readonly work_path_type?: 0;
  /**
   * Columns of a table dataset.
   * 表格数据集的列。
   * @see SDK 4.2
   */
  readonly schema?: readonly Column[] | Column;
  /**
   * Labels of the dataset.
   * 数据集的标签。
   * @see SDK 4.2
   */
  readonly labels?: readonly (Label | string)[] | Label | string;
  /**
   * Import labels of data that is labelled already.
   * 导入已标注数据的设置。
   * @see guide 5.4.1, table 5-22
   */
  readonly import_config?: ImportConfig;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Step policy. 节点策略 */
export interface StepPolicy {
  /**
   * Seconds between two looks at the step.
   * 节点调度的轮询间隔（秒）。
   * @default 1
   * @see guide 5.1.2, table 5-3
   */
  readonly poll_interval_seconds?: number | string;
  /**
   * Time limit of the step, minutes; 10080 is 7 days.
   * 节点的超时时间（分钟），默认 10080（7 天）。
   * @default 10080
   * @see guide 5.1.2, table 5-3
   */
  readonly max_execution_minutes?: number | string;
  /**
   * The step is skipped when all of these hold; they outrank the rule that a step is skipped with all its dependencies.
   * 全部满足时跳过该节点；优先于“所有依赖节点被跳过则跳过”的默认规则。
   * @see guide 5.1.2, table 5-3; 5.5
   */
  readonly skip_conditions?: Conditions;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Dataset creation. 数据集创建 */
export interface CreateDatasetSettings {
  /**
   * Shown in the graph; the name when absent.
   * 图中展示的标题，默认为节点名称。
   * @see guide 5.1.2, table 5-2
   */
  readonly title?: string;
  /**
   * Free text.
   * 节点描述。
   * @see guide 5.1.2
   */
  readonly description?: string;
  /**
   * The exact list of steps that must end first; `[]` is none. Where absent it follows from what the step reads.
   * 依赖节点的完整列表，`[]` 表示没有；缺省时由读取关系推导。
   * @see guide 5.1.2, table 5-2
   */
  readonly depend_steps?: readonly StepName[] | StepName;
  /**
   * Named data that the step reads.
   * 节点的输入，名称在节点内唯一。
   * @see guide 5.4.1, table 5-19
   */
  readonly inputs?: Readonly<Record<string, CreateDatasetInput>>;
  /**
   * The dataset to create.
   * 要创建的数据集。
   * @see guide 5.4.1, table 5-18
   */
  readonly properties: Properties;
  /**
   * Polling, time limit and skip conditions.
   * 轮询、超时与跳过条件。
   * @see guide 5.1.2, table 5-3
   */
  readonly policy?: StepPolicy;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Output. 输出 */
export interface LabelingOutput {
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** What such an input reads. */
export type LabelingInput = InlineData | string | StoragePath | Data<'dataset' | 'label_task'> | Output<'dataset' | 'label_task'> | Select<'dataset' | 'label_task'> | { readonly data: InlineData | string | StoragePath | Data<'dataset' | 'label_task'> | Output<'dataset' | 'label_task'> | Select<'dataset' | 'label_task'> };

/** Properties2. */
export interface Properties2 {
  /**
   * Kind of labelling.
   * 标注任务类型。
   * @see guide 5.4.2, table 5-27
   */
  readonly task_type?: "IMAGE_CLASSIFICATION" | "OBJECT_DETECTION" | "IMAGE_SEGMENTATION" | "TEXT_CLASSIFICATION" | "NAMED_ENTITY_RECOGNITION" | "TEXT_TRIPLE" | "AUDIO_CLASSIFICATION" | "SPEECH_CONTENT" | "SPEECH_SEGMENTATION" | "DATASET_TABULAR" | "VIDEO_ANNOTATION" | "FREE_FORMAT" | "TABLE" | Parameter;
  /**
   * Name of the task; needed when the input is a dataset. An existing one is used.
   * 标注任务名称，输入为数据集时必填；已存在时直接使用。
   * @see guide 5.4.2, table 5-27
   */
  readonly task_name?: string | Parameter;
  /**
   * Labels to create.
   * 要创建的标签。
   * @see guide 5.4.2, tables 5-27, 5-28
   */
  readonly labels?: readonly (Label | string)[] | Label | string;
  /**
   * Further information about the task.
   * 标注任务的附加信息。
   * @see guide 5.4.2, table 5-27
   */
  readonly properties?: Json;
  /**
   * Results go to the dataset by themselves.
   * 标注结果自动同步至数据集。
   * @default true
   * @see guide 5.4.2, table 5-27
   */
  readonly auto_sync_dataset?: boolean;
  /**
   * Speech segmentation: label the content too.
   * 语音分割任务：同时标注内容。
   * @default true
   * @see guide 5.4.2, table 5-27
   */
  readonly content_labeling?: boolean;
  /**
   * Free text, at most 256 characters.
   * 描述，最长 256 个字符。
   * @see guide 5.4.2, table 5-27
   */
  readonly description?: string;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Labelling. 数据标注 */
export interface LabelingSettings {
  /**
   * Shown in the graph; the name when absent.
   * 图中展示的标题，默认为节点名称。
   * @see guide 5.1.2, table 5-2
   */
  readonly title?: string;
  /**
   * Free text.
   * 节点描述。
   * @see guide 5.1.2
   */
  readonly description?: string;
  /**
   * The exact list of steps that must end first; `[]` is none. Where absent it follows from what the step reads.
   * 依赖节点的完整列表，`[]` 表示没有；缺省时由读取关系推导。
   * @see guide 5.1.2, table 5-2
   */
  readonly depend_steps?: readonly StepName[] | StepName;
  /**
   * Named data that the step reads.
   * 节点的输入，名称在节点内唯一。
   * @see guide 5.4.2, table 5-25
   */
  readonly inputs?: Readonly<Record<string, LabelingInput>>;
  /**
   * The labelling task to create.
   * 要创建的标注任务。
   * @see guide 5.4.2, table 5-24
   */
  readonly properties?: Properties2;
  /**
   * Polling, time limit and skip conditions.
   * 轮询、超时与跳过条件。
   * @see guide 5.1.2, table 5-3
   */
  readonly policy?: StepPolicy;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Output. 输出 */
export interface DatasetImportOutput {
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** What such an input reads. */
export type DatasetImportInput = InlineData | string | StoragePath | Data<'dataset' | 'label_task' | 'obs'> | Output<'dataset' | 'label_task' | 'obs'> | Select<'dataset' | 'label_task' | 'obs'> | { readonly data: InlineData | string | StoragePath | Data<'dataset' | 'label_task' | 'obs'> | Output<'dataset' | 'label_task' | 'obs'> | Select<'dataset' | 'label_task' | 'obs'> };

/** Parameters. */
export interface Parameters {
  /**
   * Import hard examples only.
   * 只导入难例。
   * @default false
   * @see guide 5.4.3, table 5-34
   */
  readonly difficult_only?: boolean;
  /**
   * Import only samples that carry these labels.
   * 只导入包含这些标签的样本。
   * @see guide 5.4.3, table 5-34
   */
  readonly included_labels?: readonly (Label | string)[];
  /**
   * One character between labels; a comma when absent.
   * 标签之间的分隔符，默认为逗号。
   * @default ,
   * @see guide 5.4.3, table 5-34
   */
  readonly label_separator?: string;
  /**
   * One character between text and label; a tab when absent.
   * 文本与标签之间的分隔符，默认为制表符。
   * @default 	
   * @see guide 5.4.3, table 5-34
   */
  readonly sample_label_separator?: string;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Annotation format. 标注格式 */
export interface AnnotationFormat2 {
  /**
   * Layout in which the labels lie beside the data.
   * 标签数据的存放格式。
   * @see guide 5.4.1, table 5-23
   */
  readonly format_name?: "MA_IMAGE_CLASSIFICATION_V1" | "MA_IMAGENET_V1" | "MA_PASCAL_VOC_V1" | "YOLO" | "MA_IMAGE_SEGMENTATION_V1" | "MA_TEXT_CLASSIFICATION_COMBINE_V1" | "MA_TEXT_CLASSIFICATION_V1" | "MA_AUDIO_CLASSIFICATION_DIR_V1";
  /**
   * Kind of labelling that the format belongs to.
   * 标注场景。
   * @see guide 5.4.1, table 5-23
   */
  readonly scene?: "IMAGE_CLASSIFICATION" | "OBJECT_DETECTION" | "IMAGE_SEGMENTATION" | "TEXT_CLASSIFICATION" | "NAMED_ENTITY_RECOGNITION" | "TEXT_TRIPLE" | "AUDIO_CLASSIFICATION" | "SPEECH_CONTENT" | "SPEECH_SEGMENTATION" | "DATASET_TABULAR" | "VIDEO_ANNOTATION" | "FREE_FORMAT" | "TABLE";
  /**
   * How texts and labels are parted, and which are taken.
   * 分隔符与筛选参数。
   * @see guide 5.4.3, tables 5-33, 5-34
   */
  readonly parameters?: Parameters;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Properties3. */
export interface Properties3 {
  /**
   * Layout of the labels that are imported.
   * 导入的标注格式。
   * @see guide 5.4.3, tables 5-32, 5-33
   */
  readonly annotation_format_config?: readonly AnnotationFormat2[] | AnnotationFormat2;
  /**
   * Import only samples with these labels.
   * 只导入包含这些标签的样本。
   * @see guide 5.4.3, table 5-32
   */
  readonly included_labels?: readonly (Label | string)[] | Label | string;
  /**
   * Leave out samples with these labels.
   * 不导入包含这些标签的样本。
   * @see guide 5.4.3, table 5-32
   */
  readonly excluded_labels?: readonly (Label | string)[] | Label | string;
  /**
   * Put samples that were labelled already to "to be confirmed".
   * 将已标注样本导入到“待确认”。
   * @default false
   * @see guide 5.4.3, table 5-32
   */
  readonly import_annotated?: boolean;
  /**
   * Import labels.
   * 是否导入标签。
   * @default true
   * @see guide 5.4.3, table 5-32
   */
  readonly import_annotations?: boolean;
  /**
   * Import samples.
   * 是否导入样本。
   * @default true
   * @see guide 5.4.3, table 5-32
   */
  readonly import_samples?: boolean;
  /**
   * What is imported.
   * 导入方式。
   * @see guide 5.4.3, table 5-32
   */
  readonly import_type?: "DIR" | "MANIFEST";
  /**
   * Separators and kind of labels; text datasets only.
   * 文本数据集的标签格式。
   * @see guide 5.4.3, table 5-32
   */
  readonly label_format?: Json;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Dataset import. 数据集导入 */
export interface DatasetImportSettings {
  /**
   * Shown in the graph; the name when absent.
   * 图中展示的标题，默认为节点名称。
   * @see guide 5.1.2, table 5-2
   */
  readonly title?: string;
  /**
   * Free text.
   * 节点描述。
   * @see guide 5.1.2
   */
  readonly description?: string;
  /**
   * The exact list of steps that must end first; `[]` is none. Where absent it follows from what the step reads.
   * 依赖节点的完整列表，`[]` 表示没有；缺省时由读取关系推导。
   * @see guide 5.1.2, table 5-2
   */
  readonly depend_steps?: readonly StepName[] | StepName;
  /**
   * Named data that the step reads.
   * 节点的输入，名称在节点内唯一。
   * @see guide 5.4.3, table 5-30
   */
  readonly inputs?: Readonly<Record<string, DatasetImportInput>>;
  /**
   * What is imported and how.
   * 导入设置。
   * @see guide 5.4.3, table 5-29
   */
  readonly properties?: Properties3;
  /**
   * Polling, time limit and skip conditions.
   * 轮询、超时与跳过条件。
   * @see guide 5.1.2, table 5-3
   */
  readonly policy?: StepPolicy;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Output. 输出 */
export interface ReleaseDatasetOutput {
  /**
   * Name of the version; counted up from `V001` when absent.
   * 版本名称，缺省时从 `V001` 递增。
   * @see guide 5.4.4.2 (DatasetVersionConfig)
   */
  readonly version_name?: string | Parameter;
  /**
   * Format of the version.
   * 版本格式。
   * @default Default
   * @see guide 5.4.4.2 (DatasetVersionConfig)
   */
  readonly version_format?: "Default" | "CarbonData";
  /**
   * Share of samples for training, 0 to 1: 0.8 leaves 20 % for evaluation.
   * 训练样本比例，0 到 1；0.8 表示 20% 用于评估。
   * @default 1
   * @see guide 5.4.4.2 (DatasetVersionConfig)
   */
  readonly train_evaluate_sample_ratio?: number | string | Parameter;
  /**
   * Forget hard-example marks.
   * 清除难例属性。
   * @default true
   * @see guide 5.4.4.2 (DatasetVersionConfig)
   */
  readonly clear_hard_property?: boolean | Parameter;
  /**
   * Forget earlier usage marks.
   * 清除样本已有的用途信息。
   * @default true
   * @see guide 5.4.4.2 (DatasetVersionConfig)
   */
  readonly remove_sample_usage?: boolean | Parameter;
  /**
   * Kind of labelling; needed when the input is a dataset.
   * 标注任务类型，输入为数据集时必填。
   * @see guide 5.4.4.2 (DatasetVersionConfig)
   */
  readonly label_task_type?: "IMAGE_CLASSIFICATION" | "OBJECT_DETECTION" | "IMAGE_SEGMENTATION" | "TEXT_CLASSIFICATION" | "NAMED_ENTITY_RECOGNITION" | "TEXT_TRIPLE" | "AUDIO_CLASSIFICATION" | "SPEECH_CONTENT" | "SPEECH_SEGMENTATION" | "DATASET_TABULAR" | "VIDEO_ANNOTATION" | "FREE_FORMAT" | "TABLE" | Parameter;
  /**
   * Free text.
   * 版本描述。
   * @see guide 5.4.4.2 (DatasetVersionConfig)
   */
  readonly description?: string;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** What such an input reads. */
export type ReleaseDatasetInput = InlineData | string | StoragePath | Data<'dataset' | 'label_task'> | Output<'dataset' | 'label_task'> | Select<'dataset' | 'label_task'> | { readonly data: InlineData | string | StoragePath | Data<'dataset' | 'label_task'> | Output<'dataset' | 'label_task'> | Select<'dataset' | 'label_task'> };

/** Dataset version release. 数据集版本发布 */
export interface ReleaseDatasetSettings {
  /**
   * Shown in the graph; the name when absent.
   * 图中展示的标题，默认为节点名称。
   * @see guide 5.1.2, table 5-2
   */
  readonly title?: string;
  /**
   * Free text.
   * 节点描述。
   * @see guide 5.1.2
   */
  readonly description?: string;
  /**
   * The exact list of steps that must end first; `[]` is none. Where absent it follows from what the step reads.
   * 依赖节点的完整列表，`[]` 表示没有；缺省时由读取关系推导。
   * @see guide 5.1.2, table 5-2
   */
  readonly depend_steps?: readonly StepName[] | StepName;
  /**
   * Named data that the step reads.
   * 节点的输入，名称在节点内唯一。
   * @see guide 5.4.4, table 5-36
   */
  readonly inputs?: Readonly<Record<string, ReleaseDatasetInput>>;
  /**
   * Polling, time limit and skip conditions.
   * 轮询、超时与跳过条件。
   * @see guide 5.1.2, table 5-3
   */
  readonly policy?: StepPolicy;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Template input. */
export interface TemplateInput {
  /**
   * Input, from the details of the template.
   * 输入项 ID，取自模板详情。
   * @see guide 5.4.6.2, table 5-58
   */
  readonly input_id: string | Parameter;
  /**
   * File or directory for it.
   * 该输入项的文件或目录。
   * @see guide 5.4.6.2, table 5-58
   */
  readonly input: string | Parameter | StoragePath;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Template. */
export interface Template {
  /**
   * Template; has a built-in input and output mode.
   * 模板 ID，内置输入输出模式。
   * @see guide 5.4.6.2, table 5-57
   */
  readonly template_id: string | Parameter;
  /**
   * Overrides the mode of the template.
   * 覆盖模板的输入输出模式。
   * @see guide 5.4.6.2, table 5-57
   */
  readonly infer_format?: string | Parameter;
  /**
   * Files of the template's inputs.
   * 模板输入项。
   * @see guide 5.4.6.2, tables 5-57, 5-58
   */
  readonly template_inputs: readonly TemplateInput[] | TemplateInput;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Output. 输出 */
export interface JobOutput {
  /**
   * Directory that the job writes to.
   * 作业的输出目录。
   * @see guide 5.4.5.2, tables 5-40, 5-41
   */
  readonly obs_path?: string | Parameter | StoragePath;
  /**
   * File of metrics in that directory; the newer way is an output with `metric_files`.
   * 输出目录中的指标文件名；推荐使用 `metric_files` 输出。
   * @see guide 5.4.5.2, table 5-41
   */
  readonly metric_file?: string | Parameter;
  /**
   * Files with metrics in the documented JSON form, for charts and conditions.
   * 指标文件（规定的 JSON 格式），用于图表与条件。
   * @see guide 5.4.5.4, table 5-52
   */
  readonly metric_files?: readonly (string | Parameter | StoragePath)[] | string | Parameter | StoragePath;
  /**
   * Show the metrics while the job runs.
   * 运行中实时展示指标。
   * @default false
   * @see guide 5.4.5.4, table 5-52
   */
  readonly realtime_visualization?: boolean;
  /**
   * A node of its own in the picture for the charts.
   * 在图中以独立节点展示图表。
   * @default true
   * @see guide 5.4.5.4, table 5-52
   */
  readonly visualization?: boolean;
  /**
   * Configuration of an outside service (`service_content`).
   * 第三方服务的配置文件（`service_content`）。
   * @see API reference, JobOutput
   */
  readonly config_file?: string | Parameter | StoragePath;
  /**
   * Framework of the model, `Image`, `Template` or `Custom`.
   * 模型类型：框架、`Image`、`Template` 或 `Custom`。
   * @default TensorFlow
   * @see guide 5.4.6.2, table 5-56
   */
  readonly model_type?: "TensorFlow" | "MXNet" | "Caffe" | "Spark_MLlib" | "Scikit_Learn" | "XGBoost" | "Image" | "PyTorch" | "Template" | "Custom" | Parameter;
  /**
   * New name: a new model; known name: a new version of it.
   * 模型名称；已存在时新增版本。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly model_name?: string | Parameter;
  /**
   * Version `n.n.n`; counted up when absent.
   * 版本号 `n.n.n`，缺省时自动递增。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly model_version?: string | Parameter;
  /**
   * Runtime of the model, such as `python3.7`.
   * 模型运行环境，例如 `python3.7`。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly runtime?: string | Parameter;
  /**
   * Free text, 1 to 100 characters.
   * 描述，1-100 个字符。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly description?: string;
  /**
   * Inference code: `customize_service.py` in the folder `model`.
   * 推理代码：`model` 目录下的 `customize_service.py`。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly execution_code?: string;
  /**
   * Packages of the inference code; from the configuration file when absent.
   * 推理代码的依赖包，缺省取自配置文件。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly dependencies?: Json;
  /**
   * Precision of the model; from the configuration file when absent.
   * 模型精度信息，缺省取自配置文件。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly model_metrics?: Json;
  /**
   * Interface of the model; from the configuration file when absent.
   * 模型接口信息，缺省取自配置文件。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly apis?: Json;
  /**
   * Configuration of the model.
   * 模型配置数据。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly initial_config?: Json | { readonly [name: string]: unknown } | Parameter;
  /**
   * For `model_type: Template`.
   * 用于 `model_type: Template`。
   * @see guide 5.4.6.2, table 5-57
   */
  readonly template?: Template;
  /**
   * Only `Single`.
   * 仅支持 `Single`。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly dynamic_load_mode?: "Single" | Parameter;
  /**
   * Build the image ahead.
   * 提前构建镜像。
   * @default false
   * @see guide 5.4.6.2, table 5-56
   */
  readonly prebuild?: boolean | Parameter;
  /**
   * Kinds of deployment that the model is for; all when absent.
   * 支持的部署类型，默认全部。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly install_type?: readonly ("real_time" | "edge" | "batch")[] | "real_time" | "edge" | "batch";
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** What such an input reads. */
export type JobInput = InlineData | string | StoragePath | Data<'dataset' | 'obs' | 'data_selector'> | Output<'dataset' | 'obs'> | Select<'dataset' | 'obs' | 'data_selector'> | { readonly data: InlineData | string | StoragePath | Data<'dataset' | 'obs' | 'data_selector'> | Output<'dataset' | 'obs'> | Select<'dataset' | 'obs' | 'data_selector'> };

/** Engine. */
export interface Engine {
  /**
   * Engine by id.
   * 引擎 ID。
   * @see guide 5.4.5.2, table 5-46
   */
  readonly engine_id?: string | Parameter;
  /**
   * Engine, such as `PyTorch`.
   * 引擎名称，例如 `PyTorch`。
   * @see guide 5.4.5.2, table 5-46
   */
  readonly engine_name?: string | Parameter;
  /**
   * Version of the engine.
   * 引擎版本。
   * @see guide 5.4.5.2, table 5-46
   */
  readonly engine_version?: string | Parameter;
  /**
   * Image of one's own: `organisation/name:tag`.
   * 自定义镜像：`组织/名称:标签`。
   * @see guide 5.4.5.2, table 5-46
   */
  readonly image_url?: string | Parameter;
  /**
   * Install the platform's packages.
   * 是否安装平台依赖包。
   * @see API reference, TrainingEngine
   */
  readonly install_sys_packages?: boolean;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Hyper-parameter. 超参 */
export interface HyperParameter {
  /**
   * Value, given to the job as `--name=value`.
   * 参数值，以 `--名称=值` 传给作业。
   * @see guide 5.4.5.2, table 5-45
   */
  readonly value: string | number | boolean | Parameter | StoragePath;
  /**
   * Free text.
   * 描述。
   * @see API reference, TrainingParameter
   */
  readonly description?: string;
  /**
   * Type and range, as algorithm management has them.
   * 参数约束。
   * @see API reference, TrainingParameter
   */
  readonly constraint?: Json;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Algorithm. 算法 */
export interface Algorithm {
  /**
   * Algorithm subscribed from AI Gallery.
   * AI Gallery 算法的订阅 ID。
   * @see guide 5.4.5.2, table 5-44
   */
  readonly subscription_id?: string | Parameter;
  /**
   * Version of the subscribed algorithm: its id or number.
   * 订阅算法的版本 ID 或版本号。
   * @see guide 5.4.5.2, table 5-44
   */
  readonly item_version_id?: string | Parameter;
  /**
   * Algorithm of algorithm management.
   * 算法管理中的算法 ID。
   * @see guide 5.4.5.2, table 5-43
   */
  readonly algorithm_id?: string | Parameter;
  /**
   * Directory of the code; `./` is relative to this file, used in place locally and uploaded on release.
   * 代码目录；`./` 相对于本文件，本地直接使用，发布时上传。
   * @see guide 5.4.5.2, table 5-42
   */
  readonly code_dir?: string | Parameter | StoragePath;
  /**
   * File that is started; relative to `code_dir` unless it begins with `./` or `/`.
   * 启动文件；不以 `./` 或 `/` 开头时相对于 `code_dir`。
   * @see guide 5.4.5.2, table 5-42
   */
  readonly boot_file?: string | Parameter | StoragePath;
  /**
   * Start command; with an image of one's own.
   * 启动命令，用于自定义镜像。
   * @see guide 5.4.5.2, table 5-42
   */
  readonly command?: string | Parameter;
  /**
   * What the code runs on.
   * 运行引擎。
   * @see guide 5.4.5.2, table 5-46
   */
  readonly engine?: Engine;
  /**
   * Hyper-parameters; those left out keep the algorithm's own values.
   * 超参；未填写的使用算法默认值。
   * @see guide 5.4.5.2, table 5-45
   */
  readonly parameters?: Readonly<Record<string, HyperParameter | string | number | boolean | Parameter | StoragePath>>;
  /**
   * Environment variables of the job.
   * 环境变量。
   * @see guide 5.4.5.2, table 5-42
   */
  readonly environments?: Readonly<Record<string, Json | { readonly [name: string]: unknown } | Parameter | Variable>>;
  /**
   * Where the code is put inside the container.
   * 容器内的代码目录。
   * @see API reference, TrainingAlgorithm
   */
  readonly local_code_dir?: string;
  /**
   * Working directory inside the container.
   * 容器内的工作目录。
   * @see API reference, TrainingAlgorithm
   */
  readonly working_dir?: string;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Resource. 资源 */
export interface Resource {
  /**
   * Flavor as a JSON parameter: `{flavor_id}` or `{pool_id, flavor_id}`.
   * 资源规格，JSON 参数：`{flavor_id}` 或 `{pool_id, flavor_id}`。
   * @see guide 5.4.5.2, table 5-48
   */
  readonly flavor?: Json | { readonly [name: string]: unknown } | Parameter<'json' | 'str' | 'enum'>;
  /**
   * Flavor by its id.
   * 资源规格 ID。
   * @see API reference, TrainingResource
   */
  readonly flavor_id?: string | Parameter;
  /**
   * Dedicated pool.
   * 专属资源池 ID。
   * @see API reference, TrainingResource
   */
  readonly pool_id?: string | Parameter;
  /**
   * Number of nodes; more than 1 is distributed.
   * 节点数，大于 1 为分布式。
   * @default 1
   * @see guide 5.4.5.2, table 5-48
   */
  readonly node_count?: number | Parameter;
  /**
   * Only `regular` is known.
   * 已知取值为 `regular`。
   * @see API reference, TrainingResource
   */
  readonly policy?: "regular" | (string & {});
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Log export path. */
export interface LogExportPath {
  /**
   * Directory for the logs.
   * 日志输出目录。
   * @see guide 5.3.4; API reference, TrainingSpec
   */
  readonly obs_url?: string | Parameter | StoragePath;
  /**
   * Directory on the host.
   * 宿主机目录。
   * @see API reference, TrainingSpec
   */
  readonly host_path?: string;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Schedule policy. */
export interface SchedulePolicy {
  /**
   * 1 low, 2 medium, 3 high.
   * 1 低，2 中，3 高。
   * @see guide 5.4.5.2, table 5-49
   */
  readonly priority: 1 | 2 | 3 | Parameter;
  /**
   * May be stopped for a more important job.
   * 是否可被抢占。
   * @see API reference, TrainingSpec
   */
  readonly preemptible?: boolean;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Nfs. */
export interface Nfs {
  /**
   * Address and path of the NFS server.
   * NFS 服务地址与路径。
   * @see guide 5.4.5.2, table 5-51
   */
  readonly nfs_server_path: string | Parameter;
  /**
   * Mount point in the container.
   * 容器内挂载点。
   * @see guide 5.4.5.2, table 5-51
   */
  readonly local_path: string | Parameter;
  /**
   * Mount for reading only.
   * 是否只读挂载。
   * @see guide 5.4.5.2, table 5-51
   */
  readonly read_only?: boolean | Parameter;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Volume. */
export interface Volume {
  /**
   * An NFS volume.
   * NFS 卷。
   * @see guide 5.4.5.2, table 5-50
   */
  readonly nfs?: Nfs;
  /**
   * A parallel file system volume.
   * 并行文件系统卷。
   * @see API reference, TrainingVolume
   */
  readonly pfs?: Json;
  /**
   * An OBS volume.
   * OBS 卷。
   * @see API reference, TrainingVolume
   */
  readonly obs?: Json;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Job specification. 作业规格 */
export interface JobSpecification {
  /**
   * Machines of the job.
   * 训练资源。
   * @see guide 5.4.5.2, table 5-48
   */
  readonly resource?: Resource;
  /**
   * Where the logs are kept.
   * 日志输出路径。
   * @see guide 5.4.5.2, table 5-47
   */
  readonly log_export_path?: LogExportPath | string | Parameter | StoragePath;
  /**
   * Priority among waiting jobs.
   * 调度策略。
   * @see guide 5.4.5.2, table 5-49
   */
  readonly schedule_policy?: SchedulePolicy;
  /**
   * Volumes to mount.
   * 挂载卷。
   * @see guide 5.4.5.2, tables 5-50, 5-51
   */
  readonly volumes?: readonly Volume[] | Volume;
  /**
   * Stop after a time.
   * 自动停止设置。
   * @see API reference, TrainingSpec
   */
  readonly auto_stop?: Json;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Metadata. 元数据 */
export interface Metadata {
  /**
   * Name of the training job; `weft-<workflow>-<step>` when absent.
   * 训练作业名称，默认为 `weft-<工作流>-<节点>`。
   * @see API reference, JobStepProperties
   */
  readonly name?: string;
  /**
   * Free text.
   * 描述。
   * @see API reference, TrainingMetadata
   */
  readonly description?: string;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Job. 作业 */
export interface JobSettings {
  /**
   * Shown in the graph; the name when absent.
   * 图中展示的标题，默认为节点名称。
   * @see guide 5.1.2, table 5-2
   */
  readonly title?: string;
  /**
   * Free text.
   * 节点描述。
   * @see guide 5.1.2
   */
  readonly description?: string;
  /**
   * The exact list of steps that must end first; `[]` is none. Where absent it follows from what the step reads.
   * 依赖节点的完整列表，`[]` 表示没有；缺省时由读取关系推导。
   * @see guide 5.1.2, table 5-2
   */
  readonly depend_steps?: readonly StepName[] | StepName;
  /**
   * Named data that the step reads.
   * 节点的输入，名称在节点内唯一。
   * @see guide 5.4.5.2, table 5-39
   */
  readonly inputs?: Readonly<Record<string, JobInput>>;
  /**
   * What the job runs: an algorithm subscribed, managed, or of one's own.
   * 作业的算法：订阅算法、算法管理中的算法或自定义代码。
   * @see guide 5.4.5.2, tables 5-42 to 5-44
   */
  readonly algorithm?: Algorithm;
  /**
   * Machines, logs, priority and volumes.
   * 作业规格：资源、日志、调度与挂载。
   * @see guide 5.4.5.2, table 5-47
   */
  readonly spec?: JobSpecification;
  /**
   * Name of the training job.
   * 训练作业的元数据。
   * @see API reference, JobStepProperties
   */
  readonly metadata?: Metadata;
  /**
   * Only `job`.
   * 仅支持 `job`。
   * @see API reference, JobStepProperties
   */
  readonly kind?: "job" | (string & {});
  /**
   * Polling, time limit and skip conditions.
   * 轮询、超时与跳过条件。
   * @see guide 5.1.2, table 5-3
   */
  readonly policy?: StepPolicy;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Output. 输出 */
export interface MrsJobOutput {
  /**
   * Directory that the script writes to.
   * 脚本的输出目录。
   * @see guide 5.11.2; table 5-41
   */
  readonly obs_path?: string | Parameter | StoragePath;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** What such an input reads. */
export type MrsJobInput = InlineData | string | StoragePath | Data<'obs'> | Output<'obs'> | { readonly data: InlineData | string | StoragePath | Data<'obs'> | Output<'obs'> };

/** Argument. 参数 */
export interface Argument {
  /**
   * Options and values parted by commas.
   * 以逗号分隔的选项与值。
   * @see guide 5.11.2
   */
  readonly value: string | number | boolean | Parameter | StoragePath;
  /**
   * Free text.
   * 描述。
   * @see guide 5.11.2
   */
  readonly description?: string;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** MRS algorithm. MRS 算法 */
export interface MRSAlgorithm {
  /**
   * Script to submit.
   * 要提交的脚本。
   * @see guide 5.11.2
   */
  readonly boot_file: string | Parameter | StoragePath;
  /**
   * `run_args` of the submission (default `--master,yarn-cluster`) and `app_args` of the script.
   * 提交参数 `run_args`（默认 `--master,yarn-cluster`）与脚本参数 `app_args`。
   * @see guide 5.11.2
   */
  readonly parameters?: Readonly<Record<string, Argument | string | number | boolean | Parameter | StoragePath>>;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** MRS job. MRS 作业 */
export interface MrsJobSettings {
  /**
   * Shown in the graph; the name when absent.
   * 图中展示的标题，默认为节点名称。
   * @see guide 5.1.2, table 5-2
   */
  readonly title?: string;
  /**
   * Free text.
   * 节点描述。
   * @see guide 5.1.2
   */
  readonly description?: string;
  /**
   * The exact list of steps that must end first; `[]` is none. Where absent it follows from what the step reads.
   * 依赖节点的完整列表，`[]` 表示没有；缺省时由读取关系推导。
   * @see guide 5.1.2, table 5-2
   */
  readonly depend_steps?: readonly StepName[] | StepName;
  /**
   * Named data that the step reads.
   * 节点的输入，名称在节点内唯一。
   * @see guide 5.11.2
   */
  readonly inputs?: Readonly<Record<string, MrsJobInput>>;
  /**
   * MRS cluster; a parameter has format `cluster`.
   * MRS 集群 ID；参数的格式为 `cluster`。
   * @see guide 5.11.2
   */
  readonly cluster_id: string | Parameter;
  /**
   * Script and its arguments.
   * 脚本与参数。
   * @see guide 5.11.2
   */
  readonly mrs_algorithm: MRSAlgorithm;
  /**
   * Polling, time limit and skip conditions.
   * 轮询、超时与跳过条件。
   * @see guide 5.1.2, table 5-3
   */
  readonly policy?: StepPolicy;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Output. 输出 */
export interface ModelOutput {
  /**
   * Framework of the model, `Image`, `Template` or `Custom`.
   * 模型类型：框架、`Image`、`Template` 或 `Custom`。
   * @default TensorFlow
   * @see guide 5.4.6.2, table 5-56
   */
  readonly model_type?: "TensorFlow" | "MXNet" | "Caffe" | "Spark_MLlib" | "Scikit_Learn" | "XGBoost" | "Image" | "PyTorch" | "Template" | "Custom" | Parameter;
  /**
   * New name: a new model; known name: a new version of it.
   * 模型名称；已存在时新增版本。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly model_name?: string | Parameter;
  /**
   * Version `n.n.n`; counted up when absent.
   * 版本号 `n.n.n`，缺省时自动递增。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly model_version?: string | Parameter;
  /**
   * Runtime of the model, such as `python3.7`.
   * 模型运行环境，例如 `python3.7`。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly runtime?: string | Parameter;
  /**
   * Free text, 1 to 100 characters.
   * 描述，1-100 个字符。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly description?: string;
  /**
   * Inference code: `customize_service.py` in the folder `model`.
   * 推理代码：`model` 目录下的 `customize_service.py`。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly execution_code?: string;
  /**
   * Packages of the inference code; from the configuration file when absent.
   * 推理代码的依赖包，缺省取自配置文件。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly dependencies?: Json;
  /**
   * Precision of the model; from the configuration file when absent.
   * 模型精度信息，缺省取自配置文件。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly model_metrics?: Json;
  /**
   * Interface of the model; from the configuration file when absent.
   * 模型接口信息，缺省取自配置文件。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly apis?: Json;
  /**
   * Configuration of the model.
   * 模型配置数据。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly initial_config?: Json | { readonly [name: string]: unknown } | Parameter;
  /**
   * For `model_type: Template`.
   * 用于 `model_type: Template`。
   * @see guide 5.4.6.2, table 5-57
   */
  readonly template?: Template;
  /**
   * Only `Single`.
   * 仅支持 `Single`。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly dynamic_load_mode?: "Single" | Parameter;
  /**
   * Build the image ahead.
   * 提前构建镜像。
   * @default false
   * @see guide 5.4.6.2, table 5-56
   */
  readonly prebuild?: boolean | Parameter;
  /**
   * Kinds of deployment that the model is for; all when absent.
   * 支持的部署类型，默认全部。
   * @see guide 5.4.6.2, table 5-56
   */
  readonly install_type?: readonly ("real_time" | "edge" | "batch")[] | "real_time" | "edge" | "batch";
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** What such an input reads. */
export type ModelInput = InlineData | string | StoragePath | Data<'obs' | 'swr' | 'model' | 'image'> | Output<'obs'> | Select<'obs' | 'swr' | 'model' | 'image'> | { readonly data: InlineData | string | StoragePath | Data<'obs' | 'swr' | 'model' | 'image'> | Output<'obs'> | Select<'obs' | 'swr' | 'model' | 'image'> };

/** Model registration. 模型注册 */
export interface ModelSettings {
  /**
   * Shown in the graph; the name when absent.
   * 图中展示的标题，默认为节点名称。
   * @see guide 5.1.2, table 5-2
   */
  readonly title?: string;
  /**
   * Free text.
   * 节点描述。
   * @see guide 5.1.2
   */
  readonly description?: string;
  /**
   * The exact list of steps that must end first; `[]` is none. Where absent it follows from what the step reads.
   * 依赖节点的完整列表，`[]` 表示没有；缺省时由读取关系推导。
   * @see guide 5.1.2, table 5-2
   */
  readonly depend_steps?: readonly StepName[] | StepName;
  /**
   * Named data that the step reads.
   * 节点的输入，名称在节点内唯一。
   * @see guide 5.4.6.2, table 5-54
   */
  readonly inputs?: Readonly<Record<string, ModelInput>>;
  /**
   * Polling, time limit and skip conditions.
   * 轮询、超时与跳过条件。
   * @see guide 5.1.2, table 5-3
   */
  readonly policy?: StepPolicy;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** Output. 输出 */
export interface ServiceOutput {
  /**
   * How the model is served.
   * 推理方式。
   * @default real-time
   * @see guide 5.4.7.2 (ServiceConfig)
   */
  readonly infer_type?: "real-time" | "batch" | "edge";
  /**
   * Name of the service; generated when absent.
   * 服务名称，缺省时自动生成。
   * @see guide 5.4.7.2 (ServiceConfig)
   */
  readonly service_name?: string | Parameter;
  /**
   * Free text, up to 100 characters.
   * 描述，最长 100 个字符。
   * @see guide 5.4.7.2 (ServiceConfig)
   */
  readonly description?: string;
  /**
   * Network to put the service into; cannot be changed later, and has no effect with `cluster_id`.
   * 服务所在的 VPC；不可更改，指定 `cluster_id` 时无效。
   * @see guide 5.4.7.2 (ServiceConfig)
   */
  readonly vpc_id?: string;
  /**
   * Network id of the subnet; needed with `vpc_id`.
   * 子网的网络 ID，指定 `vpc_id` 时必填。
   * @see guide 5.4.7.2 (ServiceConfig)
   */
  readonly subnet_network_id?: string;
  /**
   * Security group; needed with `vpc_id`.
   * 安全组，指定 `vpc_id` 时必填。
   * @see guide 5.4.7.2 (ServiceConfig)
   */
  readonly security_group_id?: string;
  /**
   * Dedicated pool.
   * 专属资源池 ID。
   * @see guide 5.4.7.2 (ServiceConfig)
   */
  readonly cluster_id?: string;
  /**
   * Further settings.
   * 附加配置。
   * @see guide 5.4.7.2 (ServiceConfig)
   */
  readonly additional_properties?: Json;
  /**
   * Apps that app authentication allows: a name or a list.
   * APP 认证允许的应用：名称或列表。
   * @see guide 5.4.7.2 (ServiceConfig)
   */
  readonly apps?: Json | { readonly [name: string]: unknown } | Parameter;
  /**
   * Environment variables; may be an address of another service.
   * 环境变量，可引用其他服务的地址。
   * @see guide 5.4.7.2 (ServiceConfig)
   */
  readonly envs?: Readonly<Record<string, Json | { readonly [name: string]: unknown } | Parameter | Variable>>;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** What such an input reads. */
export type ServiceInput = InlineData | string | StoragePath | Data<'model_list' | 'service'> | { readonly data: InlineData | string | StoragePath | Data<'model_list' | 'service'> };

/** Service deployment. 服务部署 */
export interface ServiceSettings {
  /**
   * Shown in the graph; the name when absent.
   * 图中展示的标题，默认为节点名称。
   * @see guide 5.1.2, table 5-2
   */
  readonly title?: string;
  /**
   * Free text.
   * 节点描述。
   * @see guide 5.1.2
   */
  readonly description?: string;
  /**
   * The exact list of steps that must end first; `[]` is none. Where absent it follows from what the step reads.
   * 依赖节点的完整列表，`[]` 表示没有；缺省时由读取关系推导。
   * @see guide 5.1.2, table 5-2
   */
  readonly depend_steps?: readonly StepName[] | StepName;
  /**
   * Named data that the step reads.
   * 节点的输入，名称在节点内唯一。
   * @see guide 5.4.7.2, table 5-60
   */
  readonly inputs?: Readonly<Record<string, ServiceInput>>;
  /**
   * Polling, time limit and skip conditions.
   * 轮询、超时与跳过条件。
   * @see guide 5.1.2, table 5-3
   */
  readonly policy?: StepPolicy;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** What such an input reads. */
export type ConditionInput = Json | StoragePath | Data | Output | Select | { readonly data: Json | StoragePath | Data | Output | Select };

/** Condition. 条件节点 */
export interface ConditionSettings {
  /**
   * Shown in the graph; the name when absent.
   * 图中展示的标题，默认为节点名称。
   * @see guide 5.1.2, table 5-2
   */
  readonly title?: string;
  /**
   * Free text.
   * 节点描述。
   * @see guide 5.1.2
   */
  readonly description?: string;
  /**
   * The exact list of steps that must end first; `[]` is none. Where absent it follows from what the step reads.
   * 依赖节点的完整列表，`[]` 表示没有；缺省时由读取关系推导。
   * @see guide 5.1.2, table 5-2
   */
  readonly depend_steps?: readonly StepName[] | StepName;
  /**
   * An expression, or a list of them, all of which must hold.
   * 条件表达式或其列表，全部满足为真。
   * @see guide 5.4.8.2, tables 5-62, 5-63
   */
  readonly conditions?: Conditions;
  /**
   * Steps that run when the conditions hold; they depend on this step.
   * 条件为真时运行的节点，须依赖本节点。
   * @see guide 5.4.8.2, table 5-62
   */
  readonly if_then_steps?: readonly StepName[] | StepName;
  /**
   * Steps that run when the conditions do not hold.
   * 条件为假时运行的节点。
   * @see guide 5.4.8.2, table 5-62
   */
  readonly else_then_steps?: readonly StepName[] | StepName;
  /**
   * A condition step has none.
   * 条件节点没有输入。
   * @see guide 5.4.8.2
   */
  readonly inputs?: Readonly<Record<string, ConditionInput>>;
  /**
   * Polling, time limit and skip conditions.
   * 轮询、超时与跳过条件。
   * @see guide 5.1.2, table 5-3
   */
  readonly policy?: StepPolicy;
  /** Members of the request body that the language does not know, verbatim. */
  readonly 'x-body'?: Json;
}

/** The settings of data by its type. */
export interface DataSettings {
  readonly dataset: DatasetData;
  readonly label_task: LabelTaskData;
  readonly obs: ObsData;
  readonly swr: SwrData;
  readonly model: ModelData;
  readonly service: ServiceData;
  readonly model_list: ModelListData;
  readonly data_selector: DataSelectorData;
  readonly image: ImageData;
}

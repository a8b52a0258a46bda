export type {
  DownRequest,
  DownResult,
  ExecQuery,
  FollowRequest,
  LogQuery,
  ServiceStatus,
  ServicesRequest,
  StackSource,
  Status,
  Supervisor,
  UpRequest,
  UpResult,
} from "./supervisor.ts";
